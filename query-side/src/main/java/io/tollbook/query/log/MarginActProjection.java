package io.tollbook.query.log;

import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.pricing.BuyPricesPublished;
import io.tollbook.kernel.statistics.MarginAlarmRaised;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/** Writes log rows for what is done and told about costs. They are of whoever did it, or of nobody: no user reads them. */
@Component
@ProcessingGroup(ReadModelNames.USAGE_LOG)
class MarginActProjection {
    private final Months months;

    MarginActProjection(Months months) {
        this.months = months;
    }

    @EventHandler
    void on(BuyPricesPublished event, TrackedEventMessage<?> message, Batch batch) {
        add(
                batch,
                message,
                LogKind.MANAGE,
                "Buy price version " + event.version() + " published",
                Operation.of("buy-price.publish", Map.of("version", event.version())));
    }

    @EventHandler
    void on(MarginAlarmRaised event, TrackedEventMessage<?> message, Batch batch) {
        add(
                batch,
                message,
                LogKind.SYSTEM,
                "Margin alarm: " + event.model() + " at " + event.channel() + " left less than "
                        + event.thresholdPercent() + " % of an hour's revenue",
                Operation.of("margin.alarm", Map.of("channel", event.channel().value(), "model", event.model())));
    }

    private void add(Batch batch, TrackedEventMessage<?> message, LogKind kind, String content, Operation operation) {
        batch.changes(UsageRows.class, () -> new UsageRows(months))
                .add(UsageRow.act(
                        message.trackingToken().position().orElseThrow(),
                        message.getTimestamp(),
                        kind,
                        Operation.actor(message),
                        content,
                        operation.json(message)));
    }
}

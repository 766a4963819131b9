package io.tollbook.query.log;

import io.tollbook.kernel.access.CallRefused;
import io.tollbook.kernel.access.CommandRefused;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/** Writes a log row for each call that ended, in whichever way. */
@Component
@ProcessingGroup(ReadModelNames.USAGE_LOG)
class CallProjection {
    private final Months months;

    CallProjection(Months months) {
        this.months = months;
    }

    @EventHandler
    void on(UsageSettled event, TrackedEventMessage<?> message, Batch batch) {
        rows(batch)
                .add(new UsageRow(
                        position(message),
                        message.getTimestamp(),
                        LogKind.CONSUME,
                        event.user().value(),
                        event.token().value(),
                        event.attempts().isEmpty() ? 0 : event.channel().value(),
                        event.charged().units(),
                        event.priceVersion(),
                        event.meters().promptTokens(),
                        event.meters().completionTokens(),
                        event.timing().firstByteMillis(),
                        event.timing().totalMillis(),
                        event.timing().stream(),
                        event.model(),
                        event.group(),
                        event.provenance().name(),
                        event.hold().value(),
                        event.upstreamRequest(),
                        CallTexts.write(event.meters()),
                        CallTexts.write(event.attempts()),
                        "",
                        null));
    }

    @EventHandler
    void on(HoldReleased event, TrackedEventMessage<?> message, Batch batch) {
        if (event.code().isEmpty()) return;
        rows(batch)
                .add(new UsageRow(
                        position(message),
                        message.getTimestamp(),
                        LogKind.ERROR,
                        event.user().value(),
                        event.token().value(),
                        event.attempts().isEmpty()
                                ? 0
                                : event.attempts().getLast().channel().value(),
                        0,
                        0,
                        0,
                        0,
                        -1,
                        0,
                        false,
                        event.model(),
                        event.group(),
                        "",
                        event.hold().value(),
                        null,
                        "{}",
                        CallTexts.write(event.attempts()),
                        content(event.code(), event.status()),
                        null));
    }

    @EventHandler
    void on(CallRefused event, TrackedEventMessage<?> message, Batch batch) {
        String content = content(event.refusal().name(), event.status()) + ": "
                + event.refusal().message();
        if (event.count() > 1) content += " " + event.count() + " times.";
        rows(batch)
                .add(new UsageRow(
                        position(message),
                        message.getTimestamp(),
                        LogKind.ERROR,
                        event.user(),
                        event.token(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        -1,
                        0,
                        false,
                        event.model(),
                        event.group(),
                        "",
                        event.request(),
                        null,
                        "{}",
                        "[]",
                        content,
                        null));
    }

    @EventHandler
    void on(CommandRefused event, TrackedEventMessage<?> message, Batch batch) {
        rows(batch)
                .add(UsageRow.act(
                        position(message),
                        message.getTimestamp(),
                        LogKind.MANAGE,
                        event.user(),
                        event.command() + " was refused: " + event.refusal().message(),
                        Operation.of("command.refused", Map.of("command", event.command(), "refusal", event.refusal()))
                                .by(event.user())
                                .json(message)));
    }

    private static String content(String code, int status) {
        return status == 0 ? code : code + " (" + status + ")";
    }

    private static long position(TrackedEventMessage<?> message) {
        return message.trackingToken().position().orElseThrow();
    }

    private UsageRows rows(Batch batch) {
        return batch.changes(UsageRows.class, () -> new UsageRows(months));
    }
}

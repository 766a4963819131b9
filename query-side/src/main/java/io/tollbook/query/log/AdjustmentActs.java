package io.tollbook.query.log;

import io.tollbook.kernel.account.AdjustmentApproved;
import io.tollbook.kernel.account.AdjustmentEvent;
import io.tollbook.kernel.account.AdjustmentExpired;
import io.tollbook.kernel.account.AdjustmentRejected;
import io.tollbook.kernel.account.AdjustmentRequested;
import io.tollbook.kernel.account.AdjustmentWithdrawn;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.ReadModelNames;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.stereotype.Component;

/**
 * Writes a log row for each step of a change of quota that needs a second person. They stand in the log of whoever took the
 * step: nothing has happened to the user until it is approved, and that is a row of the account's own event.
 */
@Component
@ProcessingGroup(ReadModelNames.USAGE_LOG)
class AdjustmentActs {
    private final Months months;

    AdjustmentActs(Months months) {
        this.months = months;
    }

    @EventHandler
    void on(AdjustmentRequested event, TrackedEventMessage<?> message, Batch batch) {
        String what = switch (event.mode()) {
            case ADD -> "add " + ActProjection.shown(event.value()) + " to";
            case SUBTRACT -> "take " + ActProjection.shown(event.value()) + " from";
            case OVERRIDE -> "set to " + ActProjection.shown(event.value());
        };
        add(event, message, batch, "user.quota_request", "Asked to " + what + " user ", ": " + event.reason());
    }

    @EventHandler
    void on(AdjustmentApproved event, TrackedEventMessage<?> message, Batch batch) {
        add(event, message, batch, "user.quota_approve", "Approved a change of quota of user ", "");
    }

    @EventHandler
    void on(AdjustmentRejected event, TrackedEventMessage<?> message, Batch batch) {
        Object why = message.getMetaData().getOrDefault("reason", "");
        add(event, message, batch, "user.quota_reject", "Rejected a change of quota of user ", ": " + why);
    }

    @EventHandler
    void on(AdjustmentWithdrawn event, TrackedEventMessage<?> message, Batch batch) {
        add(event, message, batch, "user.quota_withdraw", "Withdrew a change of quota of user ", "");
    }

    @EventHandler
    void on(AdjustmentExpired event, TrackedEventMessage<?> message, Batch batch) {
        add(event, message, batch, "user.quota_expire", "Nobody decided in time about a change of quota of user ", "");
    }

    private void add(
            AdjustmentEvent event,
            TrackedEventMessage<?> message,
            Batch batch,
            String action,
            String before,
            String after) {
        long account = event.account().value();
        Map<String, Object> params = new TreeMap<>();
        params.put("id", account);
        params.put("adjustment", event.adjustment().value());
        params.put("requested_by", event.requestedBy().value());
        long actor = Operation.actor(message);
        batch.changes(UsageRows.class, () -> new UsageRows(months))
                .add(UsageRow.act(
                        message.trackingToken().position().orElseThrow(),
                        message.getTimestamp(),
                        LogKind.MANAGE,
                        actor == 0 ? event.requestedBy().value() : actor,
                        before + account + after,
                        Operation.of(action, params).json(message)));
    }
}

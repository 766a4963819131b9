package io.tollbook.query.account;

import io.tollbook.kernel.account.AdjustmentApproved;
import io.tollbook.kernel.account.AdjustmentEvent;
import io.tollbook.kernel.account.AdjustmentExpired;
import io.tollbook.kernel.account.AdjustmentRejected;
import io.tollbook.kernel.account.AdjustmentRequested;
import io.tollbook.kernel.account.AdjustmentState;
import io.tollbook.kernel.account.AdjustmentWithdrawn;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the changes of quota that need a second person. */
@Component
@ProcessingGroup(ReadModelNames.BALANCE)
class AdjustmentProjection {
    @EventHandler
    void on(AdjustmentRequested event, Batch batch) {
        changes(batch).requested.add(event);
    }

    @EventHandler
    void on(AdjustmentApproved event, EventMessage<?> message, Batch batch) {
        changes(batch)
                .ended
                .add(new End(
                        event,
                        AdjustmentState.APPROVED,
                        by(message),
                        "",
                        event.before().units(),
                        event.after().units()));
    }

    @EventHandler
    void on(AdjustmentRejected event, EventMessage<?> message, Batch batch) {
        String reason = message.getMetaData().getOrDefault("reason", "").toString();
        changes(batch).ended.add(new End(event, AdjustmentState.REJECTED, by(message), reason, null, null));
    }

    @EventHandler
    void on(AdjustmentWithdrawn event, EventMessage<?> message, Batch batch) {
        changes(batch).ended.add(new End(event, AdjustmentState.WITHDRAWN, by(message), "", null, null));
    }

    @EventHandler
    void on(AdjustmentExpired event, EventMessage<?> message, Batch batch) {
        changes(batch).ended.add(new End(event, AdjustmentState.EXPIRED, 0, "", null, null));
    }

    private static long by(EventMessage<?> message) {
        return Long.parseLong(message.getMetaData().getOrDefault("actor", "0").toString());
    }

    private static AdjustmentChanges changes(Batch batch) {
        return batch.changes(AdjustmentChanges.class, AdjustmentChanges::new);
    }

    private record End(
            AdjustmentEvent event,
            AdjustmentState state,
            long by,
            String reason,
            @Nullable Long before,
            @Nullable Long after) {}

    private static final class AdjustmentChanges implements Changes {
        private static final String REQUESTED =
                """
                insert into views.adjustment
                    (adjustment, account, mode, value, lot_class, price, currency, change, available_then, requested_by,
                     reason, requested_at, expires_at, state)
                select adjustment, account, mode, value, lot_class, price, currency, change, available_then,
                    requested_by, reason, %s, %s, 'PENDING'
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as a (adjustment, account, mode, value, lot_class, price, currency, change, available_then,
                          requested_by, reason, requested, expires)
                on conflict do nothing
                """.formatted(Rows.MOMENT.formatted("requested"), Rows.MOMENT.formatted("expires"));
        private static final String ENDED = """
                update views.adjustment a
                set state = e.state, decided_by = e.by, decision_reason = e.reason, decided_at = %s,
                    balance_before = e.before, balance_after = e.after
                from unnest(?, ?, ?, ?, ?, ?, ?) as e (adjustment, state, by, reason, decided, before, after)
                where a.adjustment = e.adjustment
                """.formatted(Rows.MOMENT.formatted("e.decided"));

        final List<AdjustmentRequested> requested = new ArrayList<>();
        final List<End> ended = new ArrayList<>();

        @Override
        public void write(Connection connection) throws SQLException {
            if (!requested.isEmpty())
                try (var rows = new Rows<>(connection, REQUESTED, requested)) {
                    rows.texts(a -> a.adjustment().value())
                            .longs(a -> a.account().value())
                            .texts(a -> a.mode().name())
                            .longs(a -> a.value().units())
                            .texts(a -> a.lotClass().name())
                            .longsOrNull(a ->
                                    a.pricePaid() == null ? null : a.pricePaid().nanos())
                            .texts(a ->
                                    a.pricePaid() == null ? null : a.pricePaid().currency())
                            .longs(a -> a.change().units())
                            .longs(a -> a.available().units())
                            .longs(a -> a.requestedBy().value())
                            .texts(a -> a.reason().words())
                            .moments(AdjustmentRequested::at)
                            .moments(AdjustmentRequested::expiresAt)
                            .run();
                }
            // What is asked for and decided in one batch is there by now.
            if (!ended.isEmpty())
                try (var rows = new Rows<>(connection, ENDED, ended)) {
                    rows.texts(e -> e.event.adjustment().value())
                            .texts(e -> e.state.name())
                            .longs(End::by)
                            .texts(End::reason)
                            .moments(e -> e.event.at())
                            .longsOrNull(End::before)
                            .longsOrNull(End::after)
                            .run();
                }
        }
    }
}

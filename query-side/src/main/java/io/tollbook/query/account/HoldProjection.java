package io.tollbook.query.account;

import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the holds of calls that are under way, and the calls whose end nobody saw. */
@Component
@ProcessingGroup(ReadModelNames.HOLDS)
class HoldProjection {
    @EventHandler
    void on(FundsHeld event, Batch batch) {
        changes(batch).opened.put(event.hold().value(), event);
    }

    @EventHandler
    void on(UsageSettled event, Batch batch) {
        changes(batch).end(event.hold().value());
    }

    @EventHandler
    void on(HoldReleased event, Batch batch) {
        HoldChanges changes = changes(batch);
        changes.end(event.hold().value());
        if (event.cause() == ReleaseCause.LEASE_ENDED) changes.unresolved.add(event);
    }

    @EventHandler
    void on(CallResolved event, EventMessage<?> message, Batch batch) {
        changes(batch).decide(event.hold(), Decision.of(event, message));
    }

    @EventHandler
    void on(CallReopened event, Batch batch) {
        changes(batch).decide(event.hold(), Decision.NONE);
    }

    private static HoldChanges changes(Batch batch) {
        return batch.changes(HoldChanges.class, HoldChanges::new);
    }

    /** What a row of {@code unresolved_call} says about its decision; nulls where there is none. */
    private record Decision(
            @Nullable String resolution,
            @Nullable Long charged,
            @Nullable Long by,
            @Nullable String reason,
            @Nullable Instant at) {
        static final Decision NONE = new Decision(null, null, null, null, null);

        static Decision of(CallResolved event, EventMessage<?> message) {
            return new Decision(
                    event.resolution().name(),
                    event.charged().units(),
                    Long.valueOf(
                            message.getMetaData().getOrDefault("actor", "0").toString()),
                    message.getMetaData().getOrDefault("reason", "").toString(),
                    event.at());
        }
    }

    /** Most calls end in the batch they began in, and leave nothing to write. */
    private static final class HoldChanges implements Changes {
        private static final String OPENED =
                """
                insert into views.open_hold
                    (hold, account, user_id, token, model, channel, amount, node, held_at, lease_end)
                select hold, account, user_id, token, model, channel, amount, node, %s, %s
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as h (hold, account, user_id, token, model, channel, amount, node, held, lease)
                on conflict do nothing
                """.formatted(Rows.MOMENT.formatted("held"), Rows.MOMENT.formatted("lease"));
        private static final String ENDED = "delete from views.open_hold where hold = any(?)";
        private static final String UNRESOLVED = """
                insert into views.unresolved_call
                    (hold, account, user_id, token, model, channel, amount, released_at)
                select hold, account, user_id, token, model, channel, amount, %s
                from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                    as h (hold, account, user_id, token, model, channel, amount, released)
                on conflict do nothing
                """.formatted(Rows.MOMENT.formatted("released"));

        private static final String DECIDED = """
                update views.unresolved_call u
                set resolution = d.resolution, charged = d.charged, resolved_by = d.by, reason = d.reason,
                    resolved_at = %s
                from unnest(?, ?, ?, ?, ?, ?) as d (hold, resolution, charged, by, reason, decided)
                where u.hold = d.hold
                """.formatted(Rows.MOMENT.formatted("d.decided"));

        final Map<String, FundsHeld> opened = new HashMap<>();
        final List<String> ended = new ArrayList<>();
        final List<HoldReleased> unresolved = new ArrayList<>();

        private final Map<String, Decision> decided = new HashMap<>();

        /** Of several about one call the last stands. */
        void decide(HoldId hold, Decision decision) {
            decided.put(hold.value(), decision);
        }

        void end(String hold) {
            if (opened.remove(hold) == null) ended.add(hold);
        }

        @Override
        public void write(Connection connection) throws SQLException {
            if (!ended.isEmpty())
                try (PreparedStatement delete = connection.prepareStatement(ENDED)) {
                    delete.setArray(1, connection.createArrayOf("varchar", ended.toArray()));
                    delete.executeUpdate();
                }
            if (!opened.isEmpty())
                try (var rows = new Rows<>(connection, OPENED, opened.values())) {
                    rows.texts(h -> h.hold().value())
                            .longs(h -> h.account().value())
                            .longs(h -> h.user().value())
                            .longs(h -> h.token().value())
                            .texts(FundsHeld::model)
                            .longs(h -> h.channel().value())
                            .longs(h -> h.amount().units())
                            .texts(FundsHeld::node)
                            .moments(FundsHeld::at)
                            .moments(FundsHeld::leaseEnd)
                            .run();
                }
            if (!unresolved.isEmpty())
                try (var rows = new Rows<>(connection, UNRESOLVED, unresolved)) {
                    rows.texts(h -> h.hold().value())
                            .longs(h -> h.account().value())
                            .longs(h -> h.user().value())
                            .longs(h -> h.token().value())
                            .texts(HoldReleased::model)
                            .longsOrNull(h -> h.attempts().isEmpty()
                                    ? null
                                    : h.attempts().getLast().channel().value())
                            .longs(h -> h.amount().units())
                            .moments(HoldReleased::at)
                            .run();
                }
            if (!decided.isEmpty())
                try (var rows = new Rows<>(connection, DECIDED, decided.entrySet())) {
                    rows.texts(Map.Entry::getKey)
                            .texts(d -> d.getValue().resolution())
                            .longsOrNull(d -> d.getValue().charged())
                            .longsOrNull(d -> d.getValue().by())
                            .texts(d -> d.getValue().reason())
                            .moments(d -> d.getValue().at())
                            .run();
                }
        }
    }
}

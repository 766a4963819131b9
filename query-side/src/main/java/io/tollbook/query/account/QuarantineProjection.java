package io.tollbook.query.account;

import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.Json;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;

/** Keeps the calls whose provider reported usage that cannot be. */
@Component
@ProcessingGroup(ReadModelNames.HOLDS)
class QuarantineProjection {
    @EventHandler
    void on(UsageSettled event, EventMessage<?> message, Batch batch) {
        if (event.quarantined() == null) return;
        batch.changes(Quarantined.class, Quarantined::new).calls.add(new Call(event, message));
    }

    private record Call(UsageSettled event, EventMessage<?> message) {}

    private static final class Quarantined implements Changes {
        private static final String INSERT = """
                insert into views.quarantined_call
                    (hold, account, user_id, token, model, channel, held, charged, fault, usage, upstream_request,
                     settled_at)
                select hold, account, user_id, token, model, channel, held, charged, fault, usage, upstream_request, %s
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as q (hold, account, user_id, token, model, channel, held, charged, fault, usage,
                          upstream_request, settled)
                on conflict do nothing
                """.formatted(Rows.MOMENT.formatted("settled"));

        private final List<Call> calls = new ArrayList<>();

        @Override
        public void write(Connection connection) throws SQLException {
            try (var rows = new Rows<>(connection, INSERT, calls)) {
                rows.texts(call -> call.event.hold().value())
                        .longs(call -> call.event.account().value())
                        .longs(call -> call.event.user().value())
                        .longs(call -> call.event.token().value())
                        .texts(call -> call.event.model())
                        .longsOrNull(call -> call.event.attempts().isEmpty()
                                ? null
                                : call.event.channel().value())
                        .longs(call -> call.event.held().units())
                        .longs(call -> call.event.charged().units())
                        .texts(call -> Objects.requireNonNull(call.event.quarantined())
                                .fault()
                                .name())
                        .texts(call -> Json.write(Objects.requireNonNull(call.event.quarantined())))
                        .texts(call -> call.event.upstreamRequest())
                        .moments(call -> call.message.getTimestamp())
                        .run();
            }
        }
    }
}

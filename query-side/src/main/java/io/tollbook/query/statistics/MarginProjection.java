package io.tollbook.query.statistics;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;

/**
 * Sums what calls earned and cost per quarter of an hour, user, channel, model and group. An attempt's cost stands at its own
 * channel, also where another answered, or nobody.
 */
@Component
@ProcessingGroup(ReadModelNames.STATISTICS)
class MarginProjection {
    private static final long QUARTER_SECONDS = 900;

    @EventHandler
    void on(UsageSettled event, EventMessage<?> message, Batch batch) {
        Call call = new Call(message, event.user().value(), event.model(), event.group());
        Sum sum = call.at(event.attempts().isEmpty() ? 0 : event.channel().value(), batch);
        sum.calls++;
        sum.quota += event.charged().units();
        if (book(call, event.attempts(), batch)) return;
        sum.unknownCalls++;
        sum.unknownQuota += event.charged().units();
    }

    @EventHandler
    void on(HoldReleased event, EventMessage<?> message, Batch batch) {
        if (event.attempts().isEmpty()) return;
        Call call = new Call(message, event.user().value(), event.model(), event.group());
        if (!book(call, event.attempts(), batch))
            call.at(event.attempts().getLast().channel().value(), batch).unknownCalls++;
    }

    /** @return whether the cost of each is known */
    private static boolean book(Call call, List<Attempt> attempts, Batch batch) {
        // A call without an attempt was charged by nobody's price.
        boolean known = !attempts.isEmpty();
        for (Attempt attempt : attempts) {
            AttemptCost cost = attempt.cost();
            if (cost == null) known = false;
            else if (cost.nanoUsd() > 0) call.at(attempt.channel().value(), batch).cost += cost.nanoUsd();
        }
        return known;
    }

    private record Call(long quarter, long user, String model, String group) {
        Call(EventMessage<?> message, long user, String model, String group) {
            this(quarter(message.getTimestamp().getEpochSecond()), user, model, group);
        }

        private static long quarter(long second) {
            return second - Math.floorMod(second, QUARTER_SECONDS);
        }

        Sum at(long channel, Batch batch) {
            return batch.changes(Sums.class, Sums::new).byKey.computeIfAbsent(new Key(this, channel), key -> new Sum());
        }
    }

    private record Key(Call call, long channel) {}

    private static final class Sum {
        long calls;
        long quota;
        long cost;
        long unknownCalls;
        long unknownQuota;
    }

    private static final class Sums implements Changes {
        private static final String ADD = """
                merge into views.margin m
                using (select to_timestamp(seconds) as quarter, user_id, channel, model, model_group,
                           calls, quota, cost, unknown_calls, unknown_quota
                       from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                           as d (seconds, user_id, channel, model, model_group,
                               calls, quota, cost, unknown_calls, unknown_quota)) d
                on m.quarter = d.quarter and m.user_id = d.user_id and m.channel = d.channel and m.model = d.model
                    and m.model_group = d.model_group
                when matched then update set
                    calls = m.calls + d.calls, quota = m.quota + d.quota, cost = m.cost + d.cost,
                    unknown_calls = m.unknown_calls + d.unknown_calls, unknown_quota = m.unknown_quota + d.unknown_quota
                when not matched then insert
                    (quarter, user_id, channel, model, model_group, calls, quota, cost, unknown_calls, unknown_quota)
                    values (d.quarter, d.user_id, d.channel, d.model, d.model_group, d.calls, d.quota, d.cost,
                        d.unknown_calls, d.unknown_quota)
                """;

        final Map<Key, Sum> byKey = new HashMap<>();

        @Override
        public void write(Connection connection) throws SQLException {
            try (var rows = new Rows<>(connection, ADD, byKey.entrySet())) {
                rows.longs(e -> e.getKey().call().quarter())
                        .longs(e -> e.getKey().call().user())
                        .longs(e -> e.getKey().channel())
                        .texts(e -> e.getKey().call().model())
                        .texts(e -> e.getKey().call().group())
                        .longs(e -> e.getValue().calls)
                        .longs(e -> e.getValue().quota)
                        .longs(e -> e.getValue().cost)
                        .longs(e -> e.getValue().unknownCalls)
                        .longs(e -> e.getValue().unknownQuota)
                        .run();
            }
        }
    }
}

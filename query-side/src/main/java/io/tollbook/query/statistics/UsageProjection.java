package io.tollbook.query.statistics;

import static io.tollbook.query.schema.Tables.HOURLY_USAGE;

import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ResetHandler;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Sums usage per hour, user, key, channel, model and group. */
@Component
@ProcessingGroup(ReadModelNames.STATISTICS)
class UsageProjection {
    private static final long HOUR_SECONDS = 3_600;

    private final DSLContext views;

    UsageProjection(DSLContext views) {
        this.views = views;
    }

    @EventHandler
    void on(UsageSettled event, EventMessage<?> message, Batch batch) {
        long second = message.getTimestamp().getEpochSecond();
        Sum sum = batch.changes(Sums.class, Sums::new)
                .byKey
                .computeIfAbsent(
                        new Key(
                                second - Math.floorMod(second, HOUR_SECONDS),
                                event.user().value(),
                                event.token().value(),
                                event.attempts().isEmpty() ? 0 : event.channel().value(),
                                event.model(),
                                event.group()),
                        key -> new Sum());
        sum.calls++;
        sum.tokens += event.meters().promptTokens() + event.meters().completionTokens();
        sum.quota += event.charged().units();
    }

    @ResetHandler
    void reset() {
        views.truncate(HOURLY_USAGE).execute();
    }

    private record Key(long hour, long user, long token, long channel, String model, String group) {}

    private static final class Sum {
        long calls;
        long tokens;
        long quota;
    }

    private static final class Sums implements Changes {
        private static final String ADD = """
                merge into views.hourly_usage u
                using (select to_timestamp(seconds) as hour, user_id, token, channel, model, model_group, calls, tokens,
                           quota
                       from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                           as d (seconds, user_id, token, channel, model, model_group, calls, tokens, quota)) d
                on u.hour = d.hour and u.user_id = d.user_id and u.token = d.token and u.channel = d.channel
                    and u.model = d.model and u.model_group = d.model_group
                when matched then update set
                    calls = u.calls + d.calls, tokens = u.tokens + d.tokens, quota = u.quota + d.quota
                when not matched then insert
                    (hour, user_id, token, channel, model, model_group, calls, tokens, quota)
                    values (d.hour, d.user_id, d.token, d.channel, d.model, d.model_group, d.calls, d.tokens, d.quota)
                """;

        final Map<Key, Sum> byKey = new HashMap<>();

        @Override
        public void write(Connection connection) throws SQLException {
            try (var rows = new Rows<>(connection, ADD, byKey.entrySet())) {
                rows.longs(e -> e.getKey().hour())
                        .longs(e -> e.getKey().user())
                        .longs(e -> e.getKey().token())
                        .longs(e -> e.getKey().channel())
                        .texts(e -> e.getKey().model())
                        .texts(e -> e.getKey().group())
                        .longs(e -> e.getValue().calls)
                        .longs(e -> e.getValue().tokens)
                        .longs(e -> e.getValue().quota)
                        .run();
            }
        }
    }
}

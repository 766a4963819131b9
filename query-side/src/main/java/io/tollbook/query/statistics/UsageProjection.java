package io.tollbook.query.statistics;

import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;

/**
 * Sums usage per hour, user, key, channel, model and group. Each sum also knows the later quarters of its hour apart, so that
 * a day which begins at half past, as in India, is still a sum of such rows.
 */
@Component
@ProcessingGroup(ReadModelNames.STATISTICS)
class UsageProjection {
    private static final long HOUR_SECONDS = 3_600;
    private static final long QUARTER_SECONDS = 900;
    private static final int QUARTERS = 4;

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
        int quarter = (int) (Math.floorMod(second, HOUR_SECONDS) / QUARTER_SECONDS);
        sum.calls[quarter]++;
        sum.tokens[quarter] += event.meters().promptTokens() + event.meters().completionTokens();
        sum.tokensIn[quarter] += event.meters().promptTokens();
        sum.quota[quarter] += event.charged().units();
    }

    private record Key(long hour, long user, long token, long channel, String model, String group) {}

    /** Per quarter of the hour. */
    private static final class Sum {
        final long[] calls = new long[QUARTERS];
        final long[] tokens = new long[QUARTERS];
        final long[] tokensIn = new long[QUARTERS];
        final long[] quota = new long[QUARTERS];
    }

    private static final class Sums implements Changes {
        private static final String ADD = """
                merge into views.hourly_usage u
                using (select to_timestamp(seconds) as hour, user_id, token, channel, model, model_group,
                           calls, calls_2, calls_3, calls_4, tokens, tokens_2, tokens_3, tokens_4,
                           tokens_in, tokens_in_2, tokens_in_3, tokens_in_4, quota, quota_2, quota_3, quota_4
                       from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                           as d (seconds, user_id, token, channel, model, model_group,
                               calls, calls_2, calls_3, calls_4, tokens, tokens_2, tokens_3, tokens_4,
                               tokens_in, tokens_in_2, tokens_in_3, tokens_in_4, quota, quota_2, quota_3, quota_4)) d
                on u.hour = d.hour and u.user_id = d.user_id and u.token = d.token and u.channel = d.channel
                    and u.model = d.model and u.model_group = d.model_group
                when matched then update set
                    calls = u.calls + d.calls, calls_2 = u.calls_2 + d.calls_2, calls_3 = u.calls_3 + d.calls_3,
                    calls_4 = u.calls_4 + d.calls_4, tokens = u.tokens + d.tokens, tokens_2 = u.tokens_2 + d.tokens_2,
                    tokens_3 = u.tokens_3 + d.tokens_3, tokens_4 = u.tokens_4 + d.tokens_4,
                    tokens_in = u.tokens_in + d.tokens_in, tokens_in_2 = u.tokens_in_2 + d.tokens_in_2,
                    tokens_in_3 = u.tokens_in_3 + d.tokens_in_3, tokens_in_4 = u.tokens_in_4 + d.tokens_in_4,
                    quota = u.quota + d.quota,
                    quota_2 = u.quota_2 + d.quota_2, quota_3 = u.quota_3 + d.quota_3, quota_4 = u.quota_4 + d.quota_4
                when not matched then insert
                    (hour, user_id, token, channel, model, model_group, calls, calls_2, calls_3, calls_4,
                        tokens, tokens_2, tokens_3, tokens_4, tokens_in, tokens_in_2, tokens_in_3, tokens_in_4,
                        quota, quota_2, quota_3, quota_4)
                    values (d.hour, d.user_id, d.token, d.channel, d.model, d.model_group, d.calls, d.calls_2, d.calls_3,
                        d.calls_4, d.tokens, d.tokens_2, d.tokens_3, d.tokens_4, d.tokens_in, d.tokens_in_2,
                        d.tokens_in_3, d.tokens_in_4, d.quota, d.quota_2, d.quota_3, d.quota_4)
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
                        .texts(e -> e.getKey().group());
                figures(rows, sum -> sum.calls);
                figures(rows, sum -> sum.tokens);
                figures(rows, sum -> sum.tokensIn);
                figures(rows, sum -> sum.quota);
                rows.run();
            }
        }

        /** The whole hour, and then each quarter but the first. */
        private static void figures(Rows<Map.Entry<Key, Sum>> rows, Function<Sum, long[]> figure) throws SQLException {
            rows.longs(e -> Arrays.stream(figure.apply(e.getValue())).sum());
            for (int quarter = 1; quarter < QUARTERS; quarter++) {
                int at = quarter;
                rows.longs(e -> figure.apply(e.getValue())[at]);
            }
        }
    }
}

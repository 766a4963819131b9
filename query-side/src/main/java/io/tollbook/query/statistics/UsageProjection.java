package io.tollbook.query.statistics;

import static java.util.stream.Collectors.joining;

import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
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
    private static final int BY_MODEL = 1;
    private static final int BY_ALL = 2;

    @EventHandler
    void on(UsageSettled event, EventMessage<?> message, Batch batch) {
        long second = message.getTimestamp().getEpochSecond();
        long hour = second - Math.floorMod(second, HOUR_SECONDS);
        long channel = event.attempts().isEmpty() ? 0 : event.channel().value();
        int quarter = (int) (Math.floorMod(second, HOUR_SECONDS) / QUARTER_SECONDS);
        Sums sums = batch.changes(Sums.class, Sums::new);
        sums.byKey
                .computeIfAbsent(
                        new Key(
                                hour,
                                event.user().value(),
                                event.token().value(),
                                channel,
                                event.model(),
                                event.group()),
                        key -> new Sum())
                .add(event, quarter);
        sums.together(BY_MODEL, hour, 0, event.model(), "").add(event, quarter);
        sums.together(BY_ALL, hour, channel, event.model(), event.group()).add(event, quarter);
    }

    private record Key(long hour, long user, long token, long channel, String model, String group) {}

    /** Per quarter of the hour. */
    private static final class Sum {
        final long[] calls = new long[QUARTERS];
        final long[] tokens = new long[QUARTERS];
        final long[] tokensIn = new long[QUARTERS];
        final long[] quota = new long[QUARTERS];

        void add(UsageSettled event, int quarter) {
            calls[quarter]++;
            tokens[quarter] += event.meters().promptTokens() + event.meters().completionTokens();
            tokensIn[quarter] += event.meters().promptTokens();
            quota[quarter] += event.charged().units();
        }
    }

    private static final class Sums implements Changes {
        private static final List<String> FIGURES = List.of("calls", "tokens", "tokens_in", "quota");

        private static String add(String table, String key) {
            List<String> columns = FIGURES.stream()
                    .flatMap(figure -> Stream.of(figure, figure + "_2", figure + "_3", figure + "_4"))
                    .toList();
            String keys = "seconds, " + key + ", ";
            int parameters = keys.split(", ").length + columns.size();
            return """
                    merge into views.%s u
                    using (select to_timestamp(seconds) as hour, %s, %s from unnest(%s) as d (%s)) d
                    on u.hour = d.hour and %s
                    when matched then update set %s
                    when not matched then insert (hour, %s, %s) values (d.hour, %s, %s)
                    """.formatted(
                            table,
                            key,
                            String.join(", ", columns),
                            String.join(", ", Collections.nCopies(parameters, "?")),
                            keys + String.join(", ", columns),
                            each(key, "u.%1$s = d.%1$s", " and "),
                            each(String.join(", ", columns), "%1$s = u.%1$s + d.%1$s", ", "),
                            key,
                            String.join(", ", columns),
                            each(key, "d.%s", ", "),
                            each(String.join(", ", columns), "d.%s", ", "));
        }

        private static String each(String names, String format, String between) {
            return Arrays.stream(names.split(", ")).map(format::formatted).collect(joining(between));
        }

        private static final String ADD = add("hourly_usage", "user_id, token, channel, model, model_group");
        private static final String ADD_TOGETHER = add("hourly_total", "grain, channel, model, model_group");

        final Map<Key, Sum> byKey = new HashMap<>();
        /** Of all users and keys. */
        final Map<Key, Sum> together = new HashMap<>();

        /** The grain takes the user's place. */
        Sum together(int grain, long hour, long channel, String model, String group) {
            return together.computeIfAbsent(new Key(hour, grain, 0, channel, model, group), key -> new Sum());
        }

        @Override
        public void write(Connection connection) throws SQLException {
            try (var rows = new Rows<>(connection, ADD, byKey.entrySet())) {
                rows.longs(e -> e.getKey().hour())
                        .longs(e -> e.getKey().user())
                        .longs(e -> e.getKey().token());
                run(rows);
            }
            try (var rows = new Rows<>(connection, ADD_TOGETHER, together.entrySet())) {
                rows.longs(e -> e.getKey().hour()).longs(e -> e.getKey().user());
                run(rows);
            }
        }

        private static void run(Rows<Map.Entry<Key, Sum>> rows) throws SQLException {
            rows.longs(e -> e.getKey().channel())
                    .texts(e -> e.getKey().model())
                    .texts(e -> e.getKey().group());
            figures(rows, sum -> sum.calls);
            figures(rows, sum -> sum.tokens);
            figures(rows, sum -> sum.tokensIn);
            figures(rows, sum -> sum.quota);
            rows.run();
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

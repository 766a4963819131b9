package io.tollbook.query.performance;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.performance.AttemptResult;
import io.tollbook.kernel.performance.CallPerformanceOver;
import io.tollbook.kernel.performance.DurationBuckets;
import io.tollbook.query.readmodel.Batch;
import io.tollbook.query.readmodel.Changes;
import io.tollbook.query.readmodel.ReadModelNames;
import io.tollbook.query.readmodel.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.stereotype.Component;

/** Counts how calls and attempts went, by the hour in which the log has them. */
@Component
@ProcessingGroup(ReadModelNames.PERFORMANCE)
class PerformanceProjection {
    private static final long HOUR_SECONDS = 3_600;

    @EventHandler
    void on(UsageSettled event, EventMessage<?> message, Batch batch) {
        Sums sums = batch.changes(Sums.class, Sums::new);
        long hour = hour(message.getTimestamp());
        attempts(sums, hour, event.model(), event.attempts());
        Sum answered = sums.of(hour, last(event.attempts()), event.model());
        CallTiming timing = event.timing();
        answered.responseTimes[DurationBuckets.of(timing.totalMillis())]++;
        long begun = timing.stream() ? Math.max(0, timing.firstByteMillis()) : 0;
        if (timing.stream() && timing.firstByteMillis() >= 0) answered.firstBytes[DurationBuckets.of(begun)]++;
        answered.outputTokens += event.meters().completionTokens();
        answered.generationMillis += Math.max(0, timing.totalMillis() - begun);
    }

    @EventHandler
    void on(HoldReleased event, EventMessage<?> message, Batch batch) {
        if (event.attempts().isEmpty() && event.cause() != ReleaseCause.UPSTREAM_FAILED) return;
        Sums sums = batch.changes(Sums.class, Sums::new);
        long hour = hour(message.getTimestamp());
        attempts(sums, hour, event.model(), event.attempts());
        if (event.cause() == ReleaseCause.UPSTREAM_FAILED)
            sums.of(hour, last(event.attempts()), event.model()).failedCalls++;
    }

    private static void attempts(Sums sums, long hour, String model, List<Attempt> attempts) {
        for (Attempt attempt : attempts)
            sums.of(hour, attempt.channel().value(), model)
                    .attempts[AttemptResult.of(attempt).number()]++;
    }

    private static long last(List<Attempt> attempts) {
        return attempts.isEmpty() ? 0 : attempts.getLast().channel().value();
    }

    private static long hour(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), HOUR_SECONDS);
    }

    private record Key(long hour, long channel, String model) {}

    private static final class Sum {
        final long[] responseTimes = new long[DurationBuckets.COUNT];
        final long[] firstBytes = new long[DurationBuckets.COUNT];
        final long[] attempts = new long[AttemptResult.values().length];
        long failedCalls;
        long outputTokens;
        long generationMillis;
    }

    private static final class Sums implements Changes {
        private static final String ADD = """
                merge into views.performance p
                using (select hours::smallint, to_timestamp(seconds) as start, channel, model, measure::smallint,
                           bucket::smallint, counted
                       from unnest(?, ?, ?, ?, ?, ?, ?)
                           as d (hours, seconds, channel, model, measure, bucket, counted)) d
                on p.hours = d.hours and p.start = d.start and p.channel = d.channel and p.model = d.model
                    and p.measure = d.measure and p.bucket = d.bucket
                when matched then update set counted = p.counted + d.counted
                when not matched then insert (hours, start, channel, model, measure, bucket, counted)
                    values (d.hours, d.start, d.channel, d.model, d.measure, d.bucket, d.counted)
                """;

        private record Cell(int hours, long seconds, long channel, String model, Measure measure, int bucket) {}

        private final Map<Key, Sum> byKey = new HashMap<>();

        Sum of(long hour, long channel, String model) {
            return byKey.computeIfAbsent(new Key(hour, channel, model), key -> new Sum());
        }

        @Override
        public void write(Connection connection) throws SQLException {
            Map<Cell, Long> cells = new HashMap<>();
            byKey.forEach((key, sum) -> gather(key, sum, cells));
            List<Map.Entry<Cell, Long>> all = new ArrayList<>(cells.entrySet());
            try (var rows = new Rows<>(connection, ADD, all)) {
                rows.ints(e -> e.getKey().hours())
                        .longs(e -> e.getKey().seconds())
                        .longs(e -> e.getKey().channel())
                        .texts(e -> e.getKey().model())
                        .ints(e -> e.getKey().measure().number)
                        .ints(e -> e.getKey().bucket())
                        .longs(Map.Entry::getValue)
                        .run();
            }
        }

        private static void gather(Key key, Sum sum, Map<Cell, Long> cells) {
            for (int hours : CallPerformanceOver.lengths()) {
                gather(key, hours, Measure.RESPONSE_TIME, sum.responseTimes, cells);
                gather(key, hours, Measure.FIRST_BYTE, sum.firstBytes, cells);
                gather(key, hours, Measure.ATTEMPTS, sum.attempts, cells);
                gather(key, hours, Measure.FAILED_CALLS, new long[] {sum.failedCalls}, cells);
                gather(key, hours, Measure.OUTPUT_TOKENS, new long[] {sum.outputTokens}, cells);
                gather(key, hours, Measure.GENERATION_MILLIS, new long[] {sum.generationMillis}, cells);
            }
        }

        private static void gather(Key key, int hours, Measure measure, long[] amounts, Map<Cell, Long> cells) {
            long seconds = Math.floorDiv(key.hour, hours) * hours * HOUR_SECONDS;
            for (int bucket = 0; bucket < amounts.length; bucket++)
                if (amounts[bucket] != 0)
                    cells.merge(
                            new Cell(hours, seconds, key.channel, key.model, measure, bucket),
                            amounts[bucket],
                            Long::sum);
        }
    }
}

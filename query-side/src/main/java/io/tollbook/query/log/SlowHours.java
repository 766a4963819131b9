package io.tollbook.query.log;

import static io.tollbook.query.schema.Tables.PERFORMANCE;
import static io.tollbook.query.schema.Tables.USAGE_LOG;

import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.performance.CallPerformanceOver;
import io.tollbook.kernel.performance.DurationBuckets;
import io.tollbook.kernel.performance.SlowestCalls;
import io.tollbook.query.performance.Measure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Where the slowest calls of a range are. Durations have no index, which each call would pay for; but the figures per hour know
 * in which few hours the slowest calls were and how long they took at least, so only those hours are read. Of calls that took
 * about as long, within a quarter, those of the newest hours are found.
 */
final class SlowHours {
    private static final long MICRO_NANOS = 1_000;

    private final DSLContext views;
    private final LogConditions conditions;

    SlowHours(DSLContext views, LogConditions conditions) {
        this.views = views;
        this.conditions = conditions;
    }

    /** Holds for at least as many calls as are asked for, if there are so many. */
    Condition among(SlowestCalls query) {
        Set<Instant> hours = new TreeSet<>();
        int bucket = slowest(query, hours);
        if (hours.isEmpty()) return DSL.falseCondition();
        LogFilter filter = LogFilter.of(null)
                .ofKind(LogKind.CONSUME)
                .ofModel(query.model())
                .ofChannel(query.channel());
        Condition when = DSL.falseCondition();
        for (Instant hour : hours) when = when.or(conditions.range(later(hour, query.from()), end(hour, query.to())));
        return conditions
                .anyTime(filter)
                .and(USAGE_LOG.TOTAL_MILLIS.ge((int) DurationBuckets.from(bucket)))
                .and(when);
    }

    /** @return the bucket of the fastest of them */
    private int slowest(SlowestCalls query, Set<Instant> hours) {
        Condition condition = PERFORMANCE
                .HOURS
                .eq((short) 1)
                .and(PERFORMANCE.START.ge(CallPerformanceOver.start(query.from(), 1)))
                .and(PERFORMANCE.START.lt(query.to()))
                .and(PERFORMANCE.MEASURE.eq((short) Measure.RESPONSE_TIME.number));
        if (query.channel() != null)
            condition = condition.and(PERFORMANCE.CHANNEL.eq(query.channel().value()));
        if (query.model() != null) condition = condition.and(PERFORMANCE.MODEL.eq(query.model()));
        long found = 0;
        int bucket = 0;
        for (var row : views.select(PERFORMANCE.BUCKET, PERFORMANCE.START, DSL.sum(PERFORMANCE.COUNTED))
                .from(PERFORMANCE)
                .where(condition)
                .groupBy(PERFORMANCE.BUCKET, PERFORMANCE.START)
                .orderBy(PERFORMANCE.BUCKET.desc(), PERFORMANCE.START.desc())) {
            // What the range cuts off may be all of an hour's calls, so its ends count for nothing.
            boolean isWhole = !row.value2().isBefore(query.from())
                    && !row.value2().plus(1, ChronoUnit.HOURS).isAfter(query.to());
            if (found >= query.limit()) break;
            bucket = row.value1();
            hours.add(row.value2());
            if (isWhole) found += row.value3().longValueExact();
        }
        return bucket;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant end(Instant hour, Instant to) {
        Instant next = hour.plus(1, ChronoUnit.HOURS);
        return (next.isBefore(to) ? next : to).minusNanos(MICRO_NANOS);
    }
}

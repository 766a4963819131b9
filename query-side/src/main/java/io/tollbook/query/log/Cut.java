package io.tollbook.query.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of time, cut into whole hours and what is left at its ends. Every moment of the range lies in exactly one part.
 *
 * @param hours from the beginning of its first hour to the end of its last, which does not belong to it; null for none
 * @param rows both ends belong to it
 */
record Cut(@Nullable Range hours, List<Range> rows) {
    /** What PostgreSQL's moments count in. */
    private static final long MICRO_NANOS = 1_000;

    record Range(@Nullable Instant from, @Nullable Instant to) {}

    /** @param to belongs to it, as {@code from} does */
    static Cut of(@Nullable Instant from, @Nullable Instant to) {
        Instant first = from == null ? null : roundedUp(from);
        Instant end = to == null ? null : to.plusNanos(MICRO_NANOS).truncatedTo(ChronoUnit.HOURS);
        if (first != null && end != null && !first.isBefore(end)) return new Cut(null, List.of(new Range(from, to)));
        List<Range> rows = new ArrayList<>(2);
        if (from != null && first != null && first.isAfter(from))
            rows.add(new Range(from, first.minusNanos(MICRO_NANOS)));
        if (to != null && end != null && !end.isAfter(to)) rows.add(new Range(end, to));
        return new Cut(new Range(first, end), rows);
    }

    private static Instant roundedUp(Instant moment) {
        Instant hour = moment.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(moment) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }
}

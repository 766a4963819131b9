package io.tollbook.query.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of time, cut into whole hours, or quarters of them, and what is left at its ends. Every moment of the range lies in
 * exactly one part.
 *
 * @param hours from the beginning of its first hour to the end of its last, which does not belong to it; null for none
 * @param rows both ends belong to it
 */
public record Cut(@Nullable Range hours, List<Range> rows) {
    /** What PostgreSQL's moments count in. */
    private static final long MICRO_NANOS = 1_000;

    public record Range(@Nullable Instant from, @Nullable Instant to) {}

    /** @param to belongs to it, as {@code from} does */
    static Cut of(@Nullable Instant from, @Nullable Instant to) {
        return of(from, to, Duration.ofHours(1));
    }

    /** @param part how long the whole parts are: an hour or an even part of one */
    public static Cut of(@Nullable Instant from, @Nullable Instant to, Duration part) {
        Instant first = from == null ? null : roundedUp(from, part);
        Instant end = to == null ? null : rounded(to.plusNanos(MICRO_NANOS), part);
        if (first != null && end != null && !first.isBefore(end)) return new Cut(null, List.of(new Range(from, to)));
        List<Range> rows = new ArrayList<>(2);
        if (from != null && first != null && first.isAfter(from))
            rows.add(new Range(from, first.minusNanos(MICRO_NANOS)));
        if (to != null && end != null && !end.isAfter(to)) rows.add(new Range(end, to));
        return new Cut(new Range(first, end), rows);
    }

    private static Instant rounded(Instant moment, Duration part) {
        long seconds = moment.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, part.toSeconds()));
    }

    private static Instant roundedUp(Instant moment, Duration part) {
        Instant start = rounded(moment, part);
        return start.equals(moment) ? start : start.plus(part);
    }
}

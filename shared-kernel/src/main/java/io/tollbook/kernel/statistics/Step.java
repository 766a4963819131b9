package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Refused;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How time is cut for sums, as the clock and calendar of a zone have it: a day has 23 or 25 hours where the clock is
 * changed in it, and begins at one where midnight does not exist.
 */
public enum Step {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    /** More would fill no chart, and cost a lot. */
    public static final int PERIODS_MAX = 10_000;

    private static final long HOUR_SECONDS = 3_600;
    private static final long QUARTER_SECONDS = 900;

    /** When the period began in which a moment lies. */
    public Instant start(Instant moment, ZoneId zone) {
        if (this == HOUR) return hour(moment, zone);
        LocalDate date = moment.atZone(zone).toLocalDate();
        LocalDate first = switch (this) {
            case HOUR, DAY -> date;
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
        };
        return first.atStartOfDay(zone).toInstant();
    }

    /** When the period after that one begins. */
    public Instant next(Instant start, ZoneId zone) {
        LocalDate date = start.atZone(zone).toLocalDate();
        return switch (this) {
            case HOUR -> {
                Instant end = fullHour(start, zone).plusSeconds(HOUR_SECONDS);
                ZoneOffsetTransition change = zone.getRules().nextTransition(start);
                yield change != null && change.getInstant().isBefore(end) ? change.getInstant() : end;
            }
            case DAY -> date.plusDays(1).atStartOfDay(zone).toInstant();
            case WEEK -> date.plusWeeks(1).atStartOfDay(zone).toInstant();
            case MONTH -> date.plusMonths(1).atStartOfDay(zone).toInstant();
        };
    }

    private static Instant hour(Instant moment, ZoneId zone) {
        Instant full = fullHour(moment, zone);
        @Nullable ZoneOffsetTransition change = zone.getRules().previousTransition(moment.plusNanos(1));
        return change != null && change.getInstant().isAfter(full) ? change.getInstant() : full;
    }

    private static Instant fullHour(Instant moment, ZoneId zone) {
        long offset = zone.getRules().getOffset(moment).getTotalSeconds();
        return Instant.ofEpochSecond(
                Math.floorDiv(moment.getEpochSecond() + offset, HOUR_SECONDS) * HOUR_SECONDS - offset);
    }

    /**
     * The beginnings of all periods that have a part in the range, and at last the end of the last one.
     *
     * @param to exclusive
     * @throws Refused if there are too many, or a period begins between two quarters of an hour
     */
    public List<Instant> periods(Instant from, Instant to, ZoneId zone) {
        List<Instant> bounds = new ArrayList<>();
        Instant bound = start(from, zone);
        bounds.add(bound);
        while (bound.isBefore(to)) {
            if (bounds.size() > PERIODS_MAX)
                throw Refused.invalid(
                        "The range has more than " + PERIODS_MAX + " parts. Choose a shorter one, or larger parts.");
            bound = next(bound, zone);
            bounds.add(bound);
        }
        if (bounds.stream().anyMatch(one -> one.getEpochSecond() % QUARTER_SECONDS != 0))
            throw Refused.invalid("The clock of " + zone + " does not go by quarters of an hour. Choose another zone.");
        return bounds;
    }
}

package io.tollbook.console.statistics;

import io.tollbook.console.log.LogAddress;
import io.tollbook.kernel.statistics.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What time is looked at, and how it is cut. Any cut gives the same total, since what is cut off at the ends by hours, days or
 * weeks lies outside.
 *
 * @param from a quarter of an hour, as all zones have their midnights
 * @param end does not belong to it; the next midnight or hour while time still runs
 * @param now or the moment as of which it is looked at: there are no figures behind it
 */
record UsageRange(Instant from, Instant end, Instant now, Step step, ZoneId zone) {
    /** A database keeps microseconds. */
    private static final long MICRO_NANOS = 1_000;

    /** One of the periods, of which the first and the last may be cut off. */
    record Time(String label, Instant since, Instant before) {
        Map<String, String> filters() {
            return LogAddress.range(since, before);
        }
    }

    /** Seven days of the calendar, of which today is the last. */
    static UsageRange lastWeek(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return new UsageRange(
                today.minusDays(6).atStartOfDay(zone).toInstant(),
                today.plusDays(1).atStartOfDay(zone).toInstant(),
                now,
                Step.DAY,
                zone);
    }

    /** The last moment that belongs to it. */
    Instant last() {
        return end.minusNanos(MICRO_NANOS);
    }

    /** How long it has lasted so far. */
    Duration length() {
        Duration length = Duration.between(from, now.isBefore(end) ? now : end);
        return length.isPositive() ? length : Duration.ofSeconds(1);
    }

    LogAddress address() {
        return LogAddress.charges().between(from, end);
    }

    /** Periods that have begun, without a gap. */
    List<Time> times() {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(step == Step.HOUR ? "MM-dd HH:mm" : "yyyy-MM-dd", Locale.ROOT);
        Instant until = now.isBefore(end) ? now.plusNanos(1) : end;
        List<Instant> bounds = step.periods(from, until.isAfter(from) ? until : from.plusNanos(1), zone);
        List<Time> times = new ArrayList<>();
        for (int i = 0; i + 1 < bounds.size(); i++) {
            Instant since = i == 0 ? from : bounds.get(i);
            Instant before = bounds.get(i + 1).isAfter(end) ? end : bounds.get(i + 1);
            times.add(new Time(format.format(since.atZone(zone)), since, before));
        }
        return times;
    }
}

package io.tollbook.kernel.performance;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How calls went over a range, ordered by what is told apart. Figures are kept per hour, so the range goes from the beginning of
 * the hour it begins in to the end of the one it ends in; a long one by six hours, from midnight UTC.
 *
 * @param to does not belong to it
 * @param channel null for all
 * @param model null for all
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record CallPerformanceOver(
        Instant from,
        Instant to,
        @Nullable ChannelId channel,
        @Nullable String model,
        Set<By> by) implements Query<List<CallPerformance>> {
    private static final Duration SHORT_MAX = Duration.ofDays(8);
    private static final Duration RANGE_MAX = Duration.ofDays(400);
    private static final int HOUR_SECONDS = 3_600;
    private static final int LONG_HOURS = 6;

    /** What is told apart. */
    public enum By {
        PERIOD,
        CHANNEL,
        MODEL
    }

    public CallPerformanceOver {
        if (!from.isBefore(to)) throw Refused.invalid("The range ends before it begins.");
        if (Duration.between(from, to).compareTo(RANGE_MAX) > 0)
            throw Refused.invalid("The range is longer than " + RANGE_MAX.toDays() + " days.");
        by = Set.copyOf(by);
    }

    /** How long its periods are: one or six hours. */
    public int hours() {
        return Duration.between(from, to).compareTo(SHORT_MAX) > 0 ? LONG_HOURS : 1;
    }

    /** When its first period begins. */
    public Instant first() {
        return start(from, hours());
    }

    /** When the period of so many hours began in which a moment lies. */
    public static Instant start(Instant moment, int hours) {
        long length = (long) hours * HOUR_SECONDS;
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), length) * length);
    }

    /** How long the periods are that figures are kept for. */
    public static List<Integer> lengths() {
        return List.of(1, LONG_HOURS);
    }
}

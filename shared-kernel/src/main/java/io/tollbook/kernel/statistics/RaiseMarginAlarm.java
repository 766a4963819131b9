package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Tells that too little, or less than nothing, was left of what a model earned at a channel. Once a day is enough: the second
 * time says nothing.
 *
 * @param alarms those of a day, by {@link #of}
 * @param revenue of calls whose cost is known
 * @param thresholdPercent of the revenue that should have been left
 */
@Permits(Caller.SYSTEM)
public record RaiseMarginAlarm(
        @TargetAggregateIdentifier String alarms,
        ChannelId channel,
        String model,
        Quota revenue,
        long costNanoUsd,
        long thresholdPercent,
        Instant at)
        implements StatisticsCommand {
    /** @param margin of the last hour */
    public RaiseMarginAlarm(ChannelId channel, String model, Margin margin, long thresholdPercent, Instant at) {
        this(of(day(at)), channel, model, margin.knownRevenue(), margin.costNanoUsd(), thresholdPercent, at);
    }

    public static String of(LocalDate day) {
        return "margin-alarms-" + day;
    }

    /** Days are those of UTC, for all nodes alike. */
    public static LocalDate day(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).toLocalDate();
    }
}

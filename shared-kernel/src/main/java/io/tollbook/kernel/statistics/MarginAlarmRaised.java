package io.tollbook.kernel.statistics;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Too little was left of what a model earned at a channel within an hour.
 *
 * @param revenue of calls whose cost is known
 * @param thresholdPercent of the revenue that should have been left
 */
@EventName("statistics.margin-alarm-raised")
public record MarginAlarmRaised(
        LocalDate day,
        ChannelId channel,
        String model,
        Quota revenue,
        long costNanoUsd,
        long thresholdPercent,
        Instant at)
        implements StatisticsEvent {}

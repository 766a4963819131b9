package io.tollbook.kernel.statistics;

import io.tollbook.kernel.account.Quota;
import java.time.Instant;

/**
 * Where too little was left.
 *
 * @param channelName as it is now; empty for one that was never seen
 * @param revenue of calls whose cost is known, within the hour before
 */
public record MarginAlarm(
        long channel,
        String channelName,
        String model,
        Quota revenue,
        long costNanoUsd,
        long thresholdPercent,
        Instant at) {
    /** What was left, as a margin. */
    public Margin margin() {
        return new Margin(0, revenue, costNanoUsd, 0, Quota.ZERO);
    }
}

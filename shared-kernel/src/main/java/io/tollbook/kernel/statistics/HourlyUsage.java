package io.tollbook.kernel.statistics;

import io.tollbook.kernel.account.Quota;
import java.time.Instant;

/**
 * What one user did with one model in one hour.
 *
 * @param hour its start, UTC
 */
public record HourlyUsage(
        Instant hour, long user, String username, String model, long calls, long tokens, Quota quota) {}

package io.tollbook.kernel.statistics;

import io.tollbook.kernel.account.Quota;
import java.time.Instant;

/**
 * What was used of one model in one period.
 *
 * @param start when the period began
 */
public record PeriodUsage(Instant start, String model, long calls, long tokens, Quota quota) {}

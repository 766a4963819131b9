package io.tollbook.kernel.statistics;

import java.time.Instant;

/**
 * What was used in one period.
 *
 * @param start when the period began, or the range where that began later
 */
public record PeriodUsage(Instant start, UsagePart part, Usage used) {}

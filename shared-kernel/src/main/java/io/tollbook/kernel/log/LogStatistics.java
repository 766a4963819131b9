package io.tollbook.kernel.log;

import io.tollbook.kernel.account.Quota;

/**
 * Sums over log rows.
 *
 * @param quota charged in the filter's range
 * @param callsLastMinute calls of the last 60 seconds that match, the range left aside
 * @param tokensLastMinute tokens of those calls
 */
public record LogStatistics(Quota quota, long callsLastMinute, long tokensLastMinute) {}

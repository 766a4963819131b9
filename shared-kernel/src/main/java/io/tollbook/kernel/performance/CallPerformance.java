package io.tollbook.kernel.performance;

import java.time.Instant;

/**
 * How calls of one part of a range went. What was not told apart is 0 or empty.
 *
 * @param start when the period began; of the range where periods are not told apart
 * @param channelName the present one
 */
public record CallPerformance(Instant start, long channel, String channelName, String model, CallFigures figures) {}

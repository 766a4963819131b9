package io.tollbook.kernel.performance;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How calls went.
 *
 * @param failedCalls for which no channel answered; they stand with the channel that was tried last
 * @param attempts by how they ended; those without any are left out
 * @param responseTimes of answered calls, from the request until the end of the answer
 * @param firstBytes of streamed answers, from the request until their first byte
 * @param generationMillis how long the answers took from their first byte, or as a whole where they are not streamed
 */
public record CallFigures(
        long failedCalls,
        Map<AttemptResult, Long> attempts,
        Durations responseTimes,
        Durations firstBytes,
        long outputTokens,
        long generationMillis) {
    public static final CallFigures NONE = new CallFigures(0, Map.of(), Durations.NONE, Durations.NONE, 0, 0);
    private static final double SECOND_MILLIS = 1_000;

    public long answeredCalls() {
        return responseTimes.count();
    }

    public long calls() {
        return answeredCalls() + failedCalls;
    }

    public long attempts(AttemptResult result) {
        return attempts.getOrDefault(result, 0L);
    }

    /** Of the attempts that say something about the channel, the share that was answered; from 0 to 1. */
    public OptionalDouble successRate() {
        long all = attempts.entrySet().stream()
                .filter(entry -> entry.getKey().isOfChannel())
                .mapToLong(Map.Entry::getValue)
                .sum();
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) attempts(AttemptResult.ANSWERED) / all);
    }

    /** Of the calls, the share that a customer got an answer to; from 0 to 1. */
    public OptionalDouble answeredShare() {
        return calls() == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) answeredCalls() / calls());
    }

    /** How fast answers come once they have begun. */
    public OptionalDouble tokensPerSecond() {
        return generationMillis == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(outputTokens * SECOND_MILLIS / generationMillis);
    }

    public CallFigures plus(CallFigures other) {
        Map<AttemptResult, Long> sum = new EnumMap<>(AttemptResult.class);
        sum.putAll(attempts);
        other.attempts.forEach((result, count) -> sum.merge(result, count, Long::sum));
        return new CallFigures(
                failedCalls + other.failedCalls,
                sum,
                responseTimes.plus(other.responseTimes),
                firstBytes.plus(other.firstBytes),
                outputTokens + other.outputTokens,
                generationMillis + other.generationMillis);
    }
}

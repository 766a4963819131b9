package io.tollbook.kernel.pricing;

import io.tollbook.kernel.account.Meter;
import java.util.Map;

/**
 * The most a call can count.
 *
 * @param promptTokens of whatever kind
 * @param outputTokens of whatever kind
 * @param others uses of tools, seconds and pictures
 */
public record Limits(long promptTokens, long outputTokens, Map<Meter, Long> others) {
    public Limits {
        others = Map.copyOf(others);
    }

    public static Limits tokens(long promptTokens, long outputTokens) {
        return new Limits(promptTokens, outputTokens, Map.of());
    }
}

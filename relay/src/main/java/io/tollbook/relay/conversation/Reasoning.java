package io.tollbook.relay.conversation;

import org.jspecify.annotations.Nullable;

/**
 * How much the model thinks, and whether the client sees it.
 *
 * @param effort none, minimal, low, medium, high, xhigh or max; null if not said
 * @param budget tokens of thinking; 0 for none, -1 for as many as the model likes; null if not said
 * @param shown whether the client wants to see thinking, or a summary of it; null if not said
 * @param summary auto, concise or detailed; null if not said
 */
public record Reasoning(
        @Nullable String effort,
        @Nullable Long budget,
        @Nullable Boolean shown,
        @Nullable String summary) {
    /** Whether it is switched off. */
    public boolean isOff() {
        return "none".equals(effort) || budget != null && budget == 0;
    }
}

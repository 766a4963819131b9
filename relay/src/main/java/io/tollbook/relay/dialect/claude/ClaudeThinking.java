package io.tollbook.relay.dialect.claude;

import io.tollbook.relay.conversation.Reasoning;
import org.jspecify.annotations.Nullable;

/**
 * How much a model is told to think. The limit of tokens holds thinking too, so a budget gives way to it: a higher limit would
 * be more than what was held for the call.
 *
 * @param budget of tokens; 0 for as many as the model likes
 * @param effort null if not said
 */
record ClaudeThinking(long budget, @Nullable String effort) {
    /** Anthropic's smallest. */
    static final long BUDGET_MIN = 1_024;

    private static final long BUDGET_SUFFIX_MIN = 1_280;

    /** Null where it is not to think, or cannot within the limit. */
    static @Nullable ClaudeThinking of(ClaudeModel model, @Nullable Reasoning asked, long tokensMax) {
        if (asked != null && asked.isOff()) return null;
        ClaudeModel.Suffix suffix = model.thinking();
        if (asked == null && suffix == null) return null;
        String effort =
                asked == null || asked.effort() == null ? suffix == null ? null : suffix.effort() : asked.effort();
        long wanted = wanted(asked, effort, tokensMax);
        if (model.thinksAdaptively())
            return new ClaudeThinking(0, effort == null ? effortOf(wanted, asked) : model.effort(effort));
        long budget = wanted < tokensMax ? wanted : Math.max(BUDGET_MIN, tokensMax * 4 / 5);
        budget = Math.max(budget, BUDGET_MIN);
        return budget < tokensMax ? new ClaudeThinking(budget, null) : null;
    }

    private static long wanted(@Nullable Reasoning asked, @Nullable String effort, long tokensMax) {
        if (asked != null && asked.budget() != null && asked.budget() > 0) return asked.budget();
        if (effort == null) return Math.max(BUDGET_SUFFIX_MIN, tokensMax * 4 / 5);
        return switch (effort) {
            case "minimal" -> BUDGET_MIN;
            case "low" -> 1_280;
            case "medium" -> 2_048;
            case "high" -> 4_096;
            case "xhigh" -> 16_384;
            case "max" -> Math.max(32_000, tokensMax * 4 / 5);
            default -> 2_048;
        };
    }

    /** For a model that takes no budget, about as much in its words; null where nobody named an amount. */
    private static @Nullable String effortOf(long budget, @Nullable Reasoning asked) {
        if (asked == null || asked.budget() == null || asked.budget() < 0) return null;
        return budget <= 2_048 ? "low" : budget <= 8_192 ? "medium" : "high";
    }
}

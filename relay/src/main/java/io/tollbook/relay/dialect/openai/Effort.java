package io.tollbook.relay.dialect.openai;

import io.tollbook.relay.conversation.Reasoning;
import org.jspecify.annotations.Nullable;

/** How hard to think, where others say how many tokens. */
public final class Effort {
    /** What the word and the number are taken for the same by clients of both. */
    private static final long LOW_MAX = 1_500;

    private static final long MEDIUM_MAX = 8_000;

    private Effort() {}

    public static @Nullable String of(Reasoning reasoning, OpenAiModel model) {
        if (reasoning.isOff()) return model.isGpt5() ? "minimal" : model.reasons() ? "low" : "none";
        if (reasoning.effort() != null) return reasoning.effort().equals("max") ? "high" : reasoning.effort();
        if (reasoning.budget() == null) return null;
        long budget = reasoning.budget();
        if (budget < 0) return "medium";
        return budget <= LOW_MAX ? "low" : budget <= MEDIUM_MAX ? "medium" : "high";
    }
}

package io.tollbook.relay.dialect.openai;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a model's name tells about the fields it takes. */
public record OpenAiModel(String name) {
    private static final Pattern REASONS = Pattern.compile("^(?:openai/)?(?:o\\d|gpt-5)(?!.*-chat).*");
    /** Others that take {@code reasoning_effort}, at OpenAI's look-alikes. */
    private static final Pattern TAKES_EFFORT = Pattern.compile(
            ".*(?:gpt-oss|grok-[34]|gemini-(?:2\\.5|[3-9])|claude|deepseek|qwen3|glm|kimi|think|reason|demo-).*");
    /** Their own thinking must come back to them while tools run. */
    private static final Pattern WANTS_ITS_THINKING = Pattern.compile(".*(?:deepseek|kimi|glm|minimax).*");

    private String plain() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** OpenAI's own reasoning models, which have their own word for the limit. */
    public boolean reasons() {
        return REASONS.matcher(plain()).matches();
    }

    public boolean refusesSampling() {
        return reasons();
    }

    boolean takesEffort() {
        return reasons() || TAKES_EFFORT.matcher(plain()).matches();
    }

    boolean isGpt5() {
        return plain().contains("gpt-5");
    }

    boolean wantsItsThinking() {
        return WANTS_ITS_THINKING.matcher(plain()).matches();
    }
}

package io.tollbook.kernel.channel;

/** The provider types that can be called today, by the management API's number. */
public enum ChannelType {
    OPENAI(1, "OpenAI", "https://api.openai.com"),
    CUSTOM(8, "Custom", ""),
    ANTHROPIC(14, "Anthropic", "https://api.anthropic.com"),
    GEMINI(24, "Gemini", "https://generativelanguage.googleapis.com"),
    DEEPSEEK(43, "DeepSeek", "https://api.deepseek.com"),
    XAI(48, "xAI", "https://api.x.ai"),
    OPENROUTER(20, "OpenRouter", "https://openrouter.ai/api"),
    /** The built-in provider: answers without a key, so that everything can be tried. */
    DEMO(1_000, "Demo", "");

    private final int number;
    private final String label;
    private final String baseUrl;

    ChannelType(int number, String label, String baseUrl) {
        this.number = number;
        this.label = label;
        this.baseUrl = baseUrl;
    }

    public int number() {
        return number;
    }

    public String label() {
        return label;
    }

    /** Where its API is when the channel names no address of its own, without a trailing slash; empty if it must. */
    public String baseUrl() {
        return baseUrl;
    }

    public static ChannelType of(int number) {
        for (ChannelType type : values()) if (type.number == number) return type;
        throw io.tollbook.kernel.Refused.invalid("The channel type " + number + " is not supported.");
    }
}

package io.tollbook.bench.clients;

/** The dialects a provider may speak. */
enum Upstream {
    /** A look-alike of OpenAI: chat is all it has. */
    CHAT("OpenAI chat", 8, "gpt-4.1"),
    /** A model that OpenAI offers in no other way. */
    RESPONSES("OpenAI Responses", 1, "gpt-5.5-codex"),
    CLAUDE("Claude messages", 14, "claude-sonnet-4-5"),
    GEMINI("Gemini generateContent", 24, "gemini-3.1-pro-preview");

    private final String label;
    private final int channelType;
    private final String model;

    Upstream(String label, int channelType, String model) {
        this.label = label;
        this.channelType = channelType;
        this.model = model;
    }

    String label() {
        return label;
    }

    int channelType() {
        return channelType;
    }

    /** What it has for clients that ask for another vendor's. */
    String model() {
        return model;
    }

    /** The group of keys that lead here. */
    String group() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

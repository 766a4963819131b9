package io.tollbook.kernel.account;

/** The vendors' ways of putting a call. {@code id} is the management API's word for it. */
public enum Dialect {
    OPENAI_CHAT("openai", "OpenAI chat"),
    OPENAI_RESPONSES("openai_responses", "OpenAI Responses"),
    CLAUDE("claude", "Claude messages"),
    GEMINI("gemini", "Gemini generateContent"),
    OPENAI_COMPLETIONS("openai_completions", "OpenAI completions"),
    OPENAI_EMBEDDINGS("embedding", "OpenAI embeddings");

    private final String id;
    private final String words;

    Dialect(String id, String words) {
        this.id = id;
        this.words = words;
    }

    public String id() {
        return id;
    }

    /** What people call it. */
    public String words() {
        return words;
    }
}

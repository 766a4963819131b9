package io.tollbook.relay.conversation;

import io.tollbook.kernel.account.Dialect;

/** Whose dialect something is written in. */
public enum Vendor {
    /** OpenAI's chat completions, which most providers speak. */
    OPENAI(Dialect.OPENAI_CHAT),
    /** OpenAI's Responses. */
    RESPONSES(Dialect.OPENAI_RESPONSES),
    /** Anthropic's messages. */
    CLAUDE(Dialect.CLAUDE),
    /** Google's generateContent. */
    GEMINI(Dialect.GEMINI),
    /** OpenAI's older completions, which go on with a text. */
    COMPLETIONS(Dialect.OPENAI_COMPLETIONS),
    /** OpenAI's embeddings. */
    EMBEDDINGS(Dialect.OPENAI_EMBEDDINGS),
    /** Google's embedContent, one by one or in a batch. */
    GOOGLE_EMBEDDINGS(Dialect.GEMINI),
    /** A conversation in Responses made shorter by OpenAI itself. */
    COMPACTION(Dialect.OPENAI_RESPONSES);

    private final Dialect booked;

    Vendor(Dialect booked) {
        this.booked = booked;
    }

    /** What the books call it. */
    public Dialect booked() {
        return booked;
    }
}

package io.tollbook.relay.conversation;

/** Whose dialect something is written in. */
public enum Vendor {
    /** OpenAI's chat completions, which most providers speak. */
    OPENAI,
    /** OpenAI's Responses. */
    RESPONSES,
    /** Anthropic's messages. */
    CLAUDE,
    /** Google's generateContent. */
    GEMINI
}

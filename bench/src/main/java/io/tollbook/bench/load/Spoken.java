package io.tollbook.bench.load;

import java.nio.charset.StandardCharsets;

/** What a client speaks: where it asks, and how it knows the pieces of a stream and its end. */
public enum Spoken {
    OPENAI("\"content\":", "data: [DONE]"),
    CLAUDE("\"text_delta\"", "\"type\":\"message_stop\""),
    /** A piece is any text; the last, empty one among them. */
    GEMINI("\"text\":", "\"finishReason\":\"");

    final byte[] piece;
    final byte[] end;

    Spoken(String piece, String end) {
        this.piece = piece.getBytes(StandardCharsets.US_ASCII);
        this.end = end.getBytes(StandardCharsets.US_ASCII);
    }

    /** One streamed call, head and body. */
    public byte[] streamCall(String key, String model, int maxTokens) {
        return switch (this) {
            case OPENAI -> Requests.render(key, Requests.chat(model, true, true, maxTokens, ""));
            case CLAUDE ->
                Requests.render(
                        "/v1/messages",
                        "x-api-key: " + key + "\r\nanthropic-version: 2023-06-01",
                        "{\"model\":\"" + model + "\",\"max_tokens\":" + maxTokens
                                + ",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + Requests.PROMPT
                                + "\"}]}");
            case GEMINI ->
                Requests.render(
                        "/v1beta/models/" + model + ":streamGenerateContent?alt=sse",
                        "x-goog-api-key: " + key,
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + Requests.PROMPT
                                + "\"}]}],\"generationConfig\":{\"maxOutputTokens\":" + maxTokens + "}}");
        };
    }
}

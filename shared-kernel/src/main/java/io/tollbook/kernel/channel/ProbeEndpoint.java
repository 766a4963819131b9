package io.tollbook.kernel.channel;

import io.tollbook.kernel.Refused;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client of the test asks; a provider that speaks otherwise gets it translated, as in a real call. */
public enum ProbeEndpoint {
    CHAT("openai", "Chat"),
    RESPONSES("openai-response", "Responses"),
    CLAUDE("anthropic", "Claude messages"),
    GEMINI("gemini", "Gemini"),
    EMBEDDINGS("embeddings", "Embeddings");

    private final String word;
    private final String label;

    ProbeEndpoint(String word, String label) {
        this.word = word;
        this.label = label;
    }

    /** The management API's name for it. */
    public String word() {
        return word;
    }

    public String label() {
        return label;
    }

    /** @return null for the one that suits the model */
    public static @Nullable ProbeEndpoint of(@Nullable String word) {
        if (word == null || word.isBlank()) return null;
        for (ProbeEndpoint endpoint : values()) if (endpoint.word.equals(word.strip())) return endpoint;
        throw Refused.invalid("endpoint_type must be one of "
                + Arrays.stream(values()).map(ProbeEndpoint::word).collect(Collectors.joining(", ")) + ".");
    }
}

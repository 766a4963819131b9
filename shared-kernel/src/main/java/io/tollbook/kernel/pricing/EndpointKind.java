package io.tollbook.kernel.pricing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of calls that a model can be made by, each with its name in the management API. */
public enum EndpointKind {
    CHAT("openai", "OpenAI chat", "POST", "/v1/chat/completions", true),
    RESPONSES("openai-response", "OpenAI responses", "POST", "/v1/responses", true),
    MESSAGES("anthropic", "Claude messages", "POST", "/v1/messages", true),
    GENERATE_CONTENT("gemini", "Gemini generateContent", "POST", "/v1beta/models/{model}:generateContent", true);

    private final String key;
    private final String label;
    private final String method;
    private final String path;
    private final boolean served;

    EndpointKind(String key, String label, String method, String path, boolean served) {
        this.key = key;
        this.label = label;
        this.method = method;
        this.path = path;
        this.served = served;
    }

    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    public String method() {
        return method;
    }

    /** {@code {model}} stands for the model's name. */
    public String path() {
        return path;
    }

    /** Those that the relay answers today. */
    public static List<EndpointKind> served() {
        return Arrays.stream(values()).filter(kind -> kind.served).toList();
    }

    public static Optional<EndpointKind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }
}

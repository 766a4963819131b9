package io.tollbook.console.playground;

import static io.tollbook.console.playground.Parameter.FREQUENCY_PENALTY;
import static io.tollbook.console.playground.Parameter.MAX_TOKENS;
import static io.tollbook.console.playground.Parameter.PRESENCE_PENALTY;
import static io.tollbook.console.playground.Parameter.SEED;
import static io.tollbook.console.playground.Parameter.TEMPERATURE;
import static io.tollbook.console.playground.Parameter.TOP_P;

import io.tollbook.kernel.pricing.EndpointKind;
import java.util.Arrays;
import java.util.Set;

/** As which vendor's client the playground calls; {@code playground-*.js} has a file of the same name for each. */
enum ClientDialect {
    OPENAI("openai", EndpointKind.CHAT, Set.of(Parameter.values())),
    RESPONSES("responses", EndpointKind.RESPONSES, Set.of(TEMPERATURE, TOP_P, MAX_TOKENS)),
    CLAUDE("claude", EndpointKind.MESSAGES, Set.of(TEMPERATURE, TOP_P, MAX_TOKENS)),
    GEMINI(
            "gemini",
            EndpointKind.GENERATE_CONTENT,
            Set.of(TEMPERATURE, TOP_P, MAX_TOKENS, FREQUENCY_PENALTY, PRESENCE_PENALTY, SEED));

    private final String key;
    private final EndpointKind endpoint;
    private final Set<Parameter> parameters;

    ClientDialect(String key, EndpointKind endpoint, Set<Parameter> parameters) {
        this.key = key;
        this.endpoint = endpoint;
        this.parameters = parameters;
    }

    static ClientDialect of(String key) {
        return Arrays.stream(values())
                .filter(one -> one.key.equals(key))
                .findFirst()
                .orElse(OPENAI);
    }

    String key() {
        return key;
    }

    String label() {
        return endpoint.label();
    }

    EndpointKind endpoint() {
        return endpoint;
    }

    boolean knows(Parameter parameter) {
        return parameters.contains(parameter);
    }

    /** Claude's temperature ends where the others' has its middle. */
    double most(Parameter parameter) {
        return this == CLAUDE && parameter == TEMPERATURE ? 1 : parameter.most();
    }
}

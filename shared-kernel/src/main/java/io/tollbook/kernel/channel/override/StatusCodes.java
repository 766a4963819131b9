package io.tollbook.kernel.channel.override;

import io.tollbook.kernel.Refused;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A channel's {@code status_code_mapping}: what clients see for a provider's error statuses. It changes nothing else. */
public final class StatusCodes {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StatusCodes() {}

    /** Those that can be read; a text that was stored before it was looked at closely maps nothing. */
    public static Map<Integer, Integer> parse(@Nullable String json) {
        try {
            return checked(json);
        } catch (Refused refused) {
            return Map.of();
        }
    }

    /** @throws Refused INVALID, naming the status */
    public static Map<Integer, Integer> checked(@Nullable String json) {
        if (json == null || json.isBlank()) return Map.of();
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw Refused.invalid("status_code_mapping is not JSON.");
        }
        if (root.isString()) return checked(root.asString());
        if (root.isNull()) return Map.of();
        if (!root.isObject()) throw Refused.invalid("status_code_mapping must look like {\"429\":\"503\"}.");
        Map<Integer, Integer> statuses = new HashMap<>();
        root.properties()
                .forEach(entry -> statuses.put(
                        status(entry.getKey()), status(entry.getValue().asString(""))));
        return statuses;
    }

    private static int status(String text) {
        if (text.strip().matches("[45]\\d\\d")) return Integer.parseInt(text.strip());
        throw Refused.invalid("status_code_mapping: " + text + " is no error status from 400 to 599.");
    }
}

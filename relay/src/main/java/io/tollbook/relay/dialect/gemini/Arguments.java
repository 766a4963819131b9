package io.tollbook.relay.dialect.gemini;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a model wrote for a function, which others keep as text and Gemini as an object. */
final class Arguments {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Arguments() {}

    /** Null if it is no JSON. */
    static @Nullable JsonNode json(String text) {
        if (text.isBlank()) return null;
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Null if it is broken. Nothing at all is an object without fields. */
    static @Nullable ObjectNode whole(String text) {
        if (text.isBlank()) return JSON.createObjectNode();
        return json(text) instanceof ObjectNode object ? object : null;
    }

    /** What is broken goes as a field of its own, so that the model sees what its call's result speaks of. */
    static ObjectNode object(String text) {
        ObjectNode whole = whole(text);
        return whole != null ? whole : JSON.createObjectNode().put("arguments", text);
    }
}

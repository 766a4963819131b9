package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.dialect.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a model wrote for a function, which others keep as text and Gemini as an object. */
final class Arguments {
    private Arguments() {}

    /** Null if it is no JSON. */
    static @Nullable JsonNode json(String text) {
        if (text.isBlank()) return null;
        return Json.parsed(text);
    }

    /** Null if it is broken. Nothing at all is an object without fields. */
    static @Nullable ObjectNode whole(String text) {
        if (text.isBlank()) return Json.MAPPER.createObjectNode();
        return json(text) instanceof ObjectNode object ? object : null;
    }

    /** What is broken goes as a field of its own, so that the model sees what its call's result speaks of. */
    static ObjectNode object(String text) {
        ObjectNode whole = whole(text);
        return whole != null ? whole : Json.MAPPER.createObjectNode().put("arguments", text);
    }
}

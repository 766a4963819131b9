package io.tollbook.relay.dialect.claude;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema that an answer is held to, in the part of the language that Claude knows there: objects are closed, and limits
 * it refuses are told to the model in the description instead.
 */
final class ClaudeSchema {
    private static final List<String> UNKNOWN = List.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties");
    private static final List<String> OF_NO_MEANING = List.of("$schema", "nullable", "example", "propertyOrdering");
    private static final int DEPTH_MAX = 64;

    private ClaudeSchema() {}

    static JsonNode closed(JsonNode schema) {
        return closed(schema, 0);
    }

    private static JsonNode closed(JsonNode schema, int depth) {
        if (!schema.isObject() || depth > DEPTH_MAX) return schema;
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        List<String> told = new ArrayList<>();
        schema.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            boolean isUnknown = UNKNOWN.contains(name)
                    || name.equals("minItems") && value.asInt(0) > 1
                    || name.equals("pattern") && value.asString("").contains("(?");
            if (isUnknown) told.add(name + ": " + (value.isString() ? value.asString() : value.toString()));
            else if (!OF_NO_MEANING.contains(name)) copy.set(name, inside(name, value, depth));
        });
        if (!told.isEmpty()) {
            String before = copy.path("description").asString("");
            copy.put("description", (before.isEmpty() ? "" : before + " ") + "(" + String.join(", ", told) + ")");
        }
        if (isObject(copy)) copy.put("additionalProperties", false);
        if (schema.path("nullable").asBoolean(false)) addNull(copy);
        return copy;
    }

    private static JsonNode inside(String name, JsonNode value, int depth) {
        return switch (name) {
            case "properties", "$defs", "definitions" -> {
                if (!value.isObject()) yield value;
                ObjectNode all = JsonNodeFactory.instance.objectNode();
                value.properties().forEach(field -> all.set(field.getKey(), closed(field.getValue(), depth + 1)));
                yield all;
            }
            case "anyOf", "allOf", "oneOf" -> {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                for (JsonNode one : value) all.add(closed(one, depth + 1));
                yield all;
            }
            case "items" -> closed(value, depth + 1);
            default -> value;
        };
    }

    private static boolean isObject(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) for (JsonNode one : type) if (one.asString("").equals("object")) return true;
        return type.asString("").equals("object") || schema.has("properties");
    }

    private static void addNull(ObjectNode schema) {
        JsonNode type = schema.path("type");
        if (!type.isString()) return;
        schema.putArray("type").add(type).add("null");
    }

    /** What a function takes; one that says nothing takes nothing. */
    static ObjectNode input(JsonNode parameters) {
        ObjectNode schema =
                parameters.isObject() ? ((ObjectNode) parameters).deepCopy() : JsonNodeFactory.instance.objectNode();
        if (!schema.has("type")) schema.put("type", "object");
        if (!schema.has("properties") && schema.path("type").asString("").equals("object"))
            schema.putObject("properties");
        return schema;
    }
}

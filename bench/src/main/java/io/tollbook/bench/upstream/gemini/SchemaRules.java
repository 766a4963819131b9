package io.tollbook.bench.upstream.gemini;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which schemas Google takes: one word it does not know makes a request bad. */
final class SchemaRules {
    private static final Set<String> WORDS = Set.of(
            "anyOf",
            "default",
            "description",
            "enum",
            "example",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "nullable",
            "pattern",
            "properties",
            "propertyOrdering",
            "required",
            "title",
            "type");
    private static final Set<String> TYPES =
            Set.of("STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");
    private static final Map<String, Set<String>> FORMATS = Map.of(
            "STRING", Set.of("enum", "date-time"),
            "NUMBER", Set.of("float", "double"),
            "INTEGER", Set.of("int32", "int64"));

    private SchemaRules() {}

    static void check(JsonNode schema, String path) {
        if (!schema.isObject()) throw new BadRequest(path + " must be an object");
        RequestRules.known(schema, WORDS, path);
        String type = schema.path("type").stringValue("");
        if (schema.has("type") && !TYPES.contains(type)) throw new BadRequest("Invalid value at '" + path + ".type'");
        if (type.isEmpty() && !schema.has("anyOf")) throw new BadRequest(path + ".type: must be specified");
        if (schema.has("format")
                && !FORMATS.getOrDefault(type, Set.of())
                        .contains(schema.path("format").asString()))
            throw new BadRequest(path + ".format: not supported for " + type);
        for (JsonNode value : schema.path("enum"))
            if (!type.equals("STRING")
                    || !value.isString()
                    || value.stringValue().isEmpty())
                throw new BadRequest(path + ".enum: only strings, and only for STRING");
        if (type.equals("ARRAY") && !schema.has("items")) throw new BadRequest(path + ".items: missing field");
        if (schema.has("items")) check(schema.path("items"), path + ".items");
        int number = 0;
        for (JsonNode choice : schema.path("anyOf")) check(choice, path + ".anyOf[" + number++ + "]");
        JsonNode properties = schema.path("properties");
        if (schema.has("properties") && properties.isEmpty())
            throw new BadRequest(path + ".properties: should be non-empty for OBJECT type");
        for (Map.Entry<String, JsonNode> property : properties.properties())
            check(property.getValue(), path + ".properties[" + property.getKey() + "]");
        for (JsonNode name : schema.path("required"))
            if (!properties.has(name.asString())) throw new BadRequest(path + ".required: property is not defined");
    }
}

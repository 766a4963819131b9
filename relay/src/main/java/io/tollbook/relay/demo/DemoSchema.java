package io.tollbook.relay.demo;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a value that satisfies a JSON schema, with names and numbers from what the user wrote where they fit. */
final class DemoSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEPTH_MAX = 12;
    private static final Pattern QUOTED = Pattern.compile("[\"“'‘]([^\"”'’]{1,80})[\"”'’]");
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{Ll},] )\\p{Lu}\\p{L}+");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d{1,9}\\b");

    private final JsonNode root;
    private final String text;
    private final long number;

    DemoSchema(JsonNode root, String asked) {
        this.root = root;
        Matcher quoted = QUOTED.matcher(asked);
        Matcher name = NAME.matcher(asked);
        text = quoted.find() ? quoted.group(1) : name.find() ? name.group() : "demo";
        Matcher digits = NUMBER.matcher(asked);
        number = digits.find() ? Long.parseLong(digits.group()) : 1;
    }

    JsonNode value() {
        JsonNode made = root.isEmpty() ? JSON.objectNode().put("answer", text) : make(root, 0);
        return made.isObject() && made.isEmpty() && !root.has("properties")
                ? JSON.objectNode().put("answer", text)
                : made;
    }

    /** As arguments, which are an object whatever the schema says. */
    JsonNode object() {
        JsonNode made = make(root, 0);
        return made.isObject() ? made : JSON.objectNode();
    }

    private JsonNode make(JsonNode schema, int depth) {
        if (depth > DEPTH_MAX) return JSON.nullNode();
        if (schema.has("$ref")) return make(referred(schema.path("$ref").asString("")), depth + 1);
        if (schema.has("const")) return schema.path("const");
        if (!schema.path("enum").isEmpty()) return schema.path("enum").get(0);
        for (String one : new String[] {"anyOf", "oneOf"})
            if (!schema.path(one).isEmpty()) return make(schema.path(one).get(0), depth + 1);
        if (!schema.path("allOf").isEmpty()) return all(schema.path("allOf"), depth);
        return switch (type(schema)) {
            case "array" -> array(schema, depth);
            case "string" -> JSON.stringNode(string(schema));
            case "integer", "number" -> JSON.numberNode(within(schema));
            case "boolean" -> JSON.booleanNode(true);
            case "null" -> JSON.nullNode();
            default -> object(schema, depth);
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) type = type.path(0);
        String named = type.asString("").toLowerCase(Locale.ROOT); // Google's clients shout.
        if (!named.isEmpty()) return named;
        return schema.has("items") ? "array" : "object";
    }

    /** Only addresses within the schema itself. */
    private JsonNode referred(String address) {
        return address.startsWith("#/") || address.equals("#") ? root.at(address.substring(1)) : JSON.objectNode();
    }

    private JsonNode all(JsonNode parts, int depth) {
        ObjectNode whole = JSON.objectNode();
        for (JsonNode part : parts) if (make(part, depth + 1) instanceof ObjectNode made) whole.setAll(made);
        return whole;
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        schema.path("properties").properties().forEach(one -> {
            if (depth < DEPTH_MAX / 2 || isRequired(schema, one.getKey()))
                object.set(one.getKey(), make(one.getValue(), depth + 1));
        });
        return object;
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (JsonNode one : schema.path("required")) if (one.asString("").equals(name)) return true;
        return false;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.arrayNode();
        long least = depth >= DEPTH_MAX / 2 ? 0 : 1;
        long count = Math.min(20, Math.max(least, schema.path("minItems").asLong(least)));
        if (schema.path("maxItems").isNumber())
            count = Math.min(count, schema.path("maxItems").asLong(count));
        for (long i = 0; i < count; i++) array.add(make(schema.path("items"), depth + 1));
        return array;
    }

    private String string(JsonNode schema) {
        String made = switch (schema.path("format").asString("")) {
            case "date" -> "2030-01-14";
            case "time" -> "09:30:00Z";
            case "date-time" -> "2030-01-14T09:30:00Z";
            case "email" -> "demo@example.com";
            case "uri", "url" -> "https://example.com/";
            case "uuid" -> "00000000-0000-4000-8000-000000000000";
            default -> text;
        };
        long least = Math.min(1_000, schema.path("minLength").asLong(0));
        StringBuilder longer = new StringBuilder(made);
        while (longer.length() < least) longer.append('.');
        long most = schema.path("maxLength").asLong(Integer.MAX_VALUE);
        return longer.length() > most ? longer.substring(0, (int) Math.max(0, most)) : longer.toString();
    }

    private long within(JsonNode schema) {
        double least = schema.path("minimum").asDouble(Long.MIN_VALUE);
        if (schema.path("exclusiveMinimum").isNumber())
            least = Math.floor(schema.path("exclusiveMinimum").asDouble(0)) + 1;
        double most = schema.path("maximum").asDouble(Long.MAX_VALUE);
        if (number < least) return (long) Math.ceil(least);
        return number > most ? (long) Math.floor(most) : number;
    }
}

package io.tollbook.relay.dialect.gemini;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema as Gemini takes it: a part of it, of which one unknown word makes the whole request bad. What cannot be said
 * there is left out, and {@link #isLossy} tells so.
 */
final class GeminiSchema {
    private static final int DEPTH_MAX = 64;
    private static final Set<String> KEPT = Set.of(
            "default",
            "description",
            "example",
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
            "propertyOrdering",
            "title");
    private static final Set<String> TYPES =
            Set.of("STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");
    private static final Map<String, Set<String>> FORMATS = Map.of(
            "STRING", Set.of("enum", "date-time"),
            "NUMBER", Set.of("float", "double"),
            "INTEGER", Set.of("int32", "int64"));
    private static final Set<String> LOST =
            Set.of("prefixItems", "patternProperties", "not", "if", "dependentRequired", "dependentSchemas");

    private final JsonNode root;
    private final Set<String> open = new HashSet<>();
    private boolean lossy;

    GeminiSchema(JsonNode root) {
        this.root = root;
    }

    /** Whether something of weight was left out. Known once it was cleaned. */
    boolean isLossy() {
        return lossy;
    }

    ObjectNode cleaned() {
        return clean(root, 0);
    }

    private ObjectNode clean(JsonNode schema, int depth) {
        ObjectNode out = JsonMapper.shared().createObjectNode();
        if (depth > DEPTH_MAX) {
            lossy = true;
            return out.put("type", "OBJECT");
        }
        String reference = schema.path("$ref").stringValue("");
        if (!reference.isEmpty()) return referred(schema, reference, depth);
        JsonNode flat = schema.path("allOf").isArray() ? joined(schema) : schema;
        for (Map.Entry<String, JsonNode> field : flat.properties()) {
            if (KEPT.contains(field.getKey())) out.set(field.getKey(), field.getValue());
            if (LOST.contains(field.getKey())) lossy = true;
        }
        if (flat.path("additionalProperties").isObject()) lossy = true;
        JsonNode choices = flat.path(flat.path("anyOf").isArray() ? "anyOf" : "oneOf");
        if (choices.isArray() && !choices.isEmpty()) return anyOf(out, flat, choices, depth);
        type(out, flat);
        parts(out, flat, depth);
        return out;
    }

    /** Gemini has no references: what one names is put in its place, once. */
    private ObjectNode referred(JsonNode schema, String reference, int depth) {
        JsonNode target = reference.startsWith("#") ? pointed(reference.substring(1)) : MissingNode.getInstance();
        if (!target.isObject() || !open.add(reference)) {
            lossy = true;
            ObjectNode out = JsonMapper.shared().createObjectNode().put("type", "OBJECT");
            if (schema.has("description")) out.set("description", schema.path("description"));
            return out;
        }
        ObjectNode out = clean(target, depth + 1);
        open.remove(reference);
        for (String said : List.of("description", "default", "title"))
            if (schema.has(said)) out.set(said, schema.path(said));
        return out;
    }

    private JsonNode pointed(String pointer) {
        JsonNode at = root;
        for (String step : pointer.split("/")) {
            if (step.isEmpty()) continue;
            at = at.path(step.replace("~1", "/").replace("~0", "~"));
        }
        return at;
    }

    /** One schema that says what several say together. */
    private ObjectNode joined(JsonNode schema) {
        ObjectNode all = JsonMapper.shared().createObjectNode();
        ObjectNode properties = JsonMapper.shared().createObjectNode();
        ArrayNode required = JsonMapper.shared().createArrayNode();
        List<JsonNode> pieces = new ArrayList<>();
        schema.path("allOf").forEach(pieces::add);
        pieces.add(schema);
        for (JsonNode piece : pieces) {
            String reference = piece.path("$ref").stringValue("");
            JsonNode said = reference.startsWith("#") ? pointed(reference.substring(1)) : piece;
            for (Map.Entry<String, JsonNode> field : said.properties()) {
                switch (field.getKey()) {
                    case "properties" ->
                        field.getValue()
                                .properties()
                                .forEach(property -> properties.set(property.getKey(), property.getValue()));
                    case "required" -> field.getValue().forEach(required::add);
                    case "allOf" -> {
                        if (said != schema) lossy = true;
                    }
                    default -> all.set(field.getKey(), field.getValue());
                }
            }
        }
        if (!properties.isEmpty()) all.set("properties", properties);
        if (!required.isEmpty()) all.set("required", required);
        return all;
    }

    private ObjectNode anyOf(ObjectNode out, JsonNode schema, JsonNode choices, int depth) {
        List<ObjectNode> kept = new ArrayList<>();
        for (JsonNode choice : choices) {
            if (choice.path("type").stringValue("").equalsIgnoreCase("null")) out.put("nullable", true);
            else kept.add(clean(choice, depth + 1));
        }
        if (kept.size() == 1) {
            ObjectNode only = kept.getFirst();
            out.properties().forEach(field -> only.set(field.getKey(), field.getValue()));
            return only;
        }
        if (kept.isEmpty()) return out.put("type", "NULL");
        kept.forEach(out.putArray("anyOf")::add);
        // An object whose properties stand beside the choices has both.
        if (schema.path("properties").isObject()) {
            type(out, schema);
            parts(out, schema, depth);
        }
        return out;
    }

    private void type(ObjectNode out, JsonNode schema) {
        List<String> types = new ArrayList<>();
        JsonNode said = schema.path("type");
        if (said.isString()) types.add(said.stringValue().toUpperCase(Locale.ROOT));
        for (JsonNode one : said) types.add(one.stringValue("").toUpperCase(Locale.ROOT));
        if (types.size() > 1 && types.remove("NULL")) out.put("nullable", true);
        types.removeIf(type -> !TYPES.contains(type));
        if (types.size() > 1) {
            ArrayNode choices = out.putArray("anyOf");
            for (String type : types) {
                ObjectNode choice = choices.addObject().put("type", type);
                if (type.equals("ARRAY")) choice.putObject("items").put("type", "STRING");
            }
            return;
        }
        out.put("type", types.isEmpty() ? guessed(schema) : types.getFirst());
    }

    private static String guessed(JsonNode schema) {
        if (schema.path("properties").isObject()) return "OBJECT";
        return schema.has("items") || schema.has("prefixItems") ? "ARRAY" : "STRING";
    }

    private void parts(ObjectNode out, JsonNode schema, int depth) {
        String type = out.path("type").stringValue("");
        String format = schema.path("format").stringValue("");
        if (FORMATS.getOrDefault(type, Set.of()).contains(format)) out.put("format", format);
        values(out, schema, type);
        if (type.equals("ARRAY")) out.set("items", clean(item(schema), depth + 1));
        if (!type.equals("OBJECT") || !schema.path("properties").isObject()) return;
        ObjectNode properties = JsonMapper.shared().createObjectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties())
            properties.set(property.getKey(), clean(property.getValue(), depth + 1));
        if (properties.isEmpty()) return;
        out.set("properties", properties);
        ArrayNode required = JsonMapper.shared().createArrayNode();
        for (JsonNode name : schema.path("required"))
            if (properties.has(name.stringValue("")) && !holds(required, name)) required.add(name);
        if (!required.isEmpty()) out.set("required", required);
    }

    private static boolean holds(ArrayNode array, JsonNode value) {
        for (JsonNode one : array) if (one.equals(value)) return true;
        return false;
    }

    private static JsonNode item(JsonNode schema) {
        JsonNode items = schema.path("items");
        if (items.isArray()) return items.path(0);
        return items.isMissingNode() ? schema.path("prefixItems").path(0) : items;
    }

    /** Gemini lists strings only; what else may be chosen is told in words. */
    private static void values(ObjectNode out, JsonNode schema, String type) {
        JsonNode values = schema.path("enum");
        if (!values.isArray() && schema.has("const"))
            values = JsonMapper.shared().createArrayNode().add(schema.path("const"));
        if (!values.isArray() || values.isEmpty()) return;
        if (type.equals("STRING")) {
            ArrayNode strings = JsonMapper.shared().createArrayNode();
            for (JsonNode value : values) {
                if (value.isNull()) out.put("nullable", true);
                else if (!value.asString("").isEmpty()) strings.add(value.asString());
            }
            if (!strings.isEmpty()) out.set("enum", strings);
            return;
        }
        StringBuilder words = new StringBuilder(out.path("description").stringValue(""));
        words.append(words.isEmpty() ? "One of: " : " One of: ");
        for (int i = 0; i < values.size(); i++)
            words.append(i == 0 ? "" : ", ").append(values.path(i).toString());
        out.put("description", words.toString());
    }

    /** The whole schema, for models that read JSON Schema itself. */
    static JsonNode unchanged(JsonNode schema) {
        if (!(schema instanceof ObjectNode object) || !schema.has("$schema")) return schema;
        ObjectNode copy = object.deepCopy();
        copy.remove("$schema");
        return copy;
    }

    /** Gemini's schema as JSON Schema. */
    static JsonNode standard(JsonNode schema) {
        return standard(schema, 0);
    }

    private static JsonNode standard(JsonNode schema, int depth) {
        if (!schema.isObject() || depth > DEPTH_MAX) return schema;
        ObjectNode out = JsonMapper.shared().createObjectNode();
        for (Map.Entry<String, JsonNode> field : schema.properties()) {
            JsonNode value = field.getValue();
            switch (Field.camel(field.getKey())) {
                case "type" -> {
                    String type = value.stringValue("").toLowerCase(Locale.ROOT);
                    if (!type.isEmpty() && !type.equals("type_unspecified")) out.put("type", type);
                }
                case "properties" -> {
                    ObjectNode properties = out.putObject("properties");
                    for (Map.Entry<String, JsonNode> property : value.properties())
                        properties.set(property.getKey(), standard(property.getValue(), depth + 1));
                }
                case "items" -> out.set("items", standard(value, depth + 1));
                case "anyOf" -> {
                    ArrayNode choices = out.putArray("anyOf");
                    value.forEach(choice -> choices.add(standard(choice, depth + 1)));
                }
                case "example" -> out.putArray("examples").add(value);
                case "format" -> {
                    if (!value.stringValue("").equals("enum")) out.set("format", value);
                }
                case "nullable", "propertyOrdering" -> {
                    // The first is said by the type, below; the second is Gemini's alone.
                }
                // Google's JSON may have whole numbers in quotation marks.
                case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties" ->
                    out.set(Field.camel(field.getKey()), number(value));
                default -> out.set(Field.camel(field.getKey()), value);
            }
        }
        if (Field.of(schema, "nullable").booleanValue(false)) nullable(out);
        return out;
    }

    private static JsonNode number(JsonNode value) {
        String text = value.stringValue("");
        boolean digits = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(Character::isDigit);
        return digits ? JsonMapper.shared().getNodeFactory().numberNode(Integer.parseInt(text)) : value;
    }

    private static void nullable(ObjectNode schema) {
        if (schema.path("type").isString()) {
            String type = schema.path("type").stringValue();
            schema.putArray("type").add(type).add("null");
        } else if (schema.path("anyOf") instanceof ArrayNode choices) {
            choices.addObject().put("type", "null");
        }
        if (schema.path("enum") instanceof ArrayNode values) values.addNull();
    }

    /** Whether a function with these parameters takes nothing. */
    static boolean isEmpty(@Nullable JsonNode parameters) {
        return parameters == null
                || !parameters.isObject()
                || parameters.isEmpty()
                || parameters.path("properties").isEmpty()
                        && !parameters.has("$ref")
                        && !parameters.has("anyOf")
                        && !parameters.has("oneOf")
                        && !parameters.has("allOf")
                        && !parameters.path("additionalProperties").isObject();
    }
}

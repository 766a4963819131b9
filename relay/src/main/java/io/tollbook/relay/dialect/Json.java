package io.tollbook.relay.dialect;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads fields of a client's JSON. Absent and null are the same and null here; a wrong type is refused with its path. */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** @throws Refused INVALID if this is no JSON object */
    public static JsonNode object(byte[] body) {
        try {
            JsonNode root = MAPPER.readTree(body);
            if (root.isObject()) return root;
        } catch (JacksonException | NumberFormatException e) {
            // Said below.
        }
        throw Refused.invalid("We could not parse the JSON body of your request.");
    }

    public static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    public static @Nullable String text(JsonNode node, String path) {
        if (isAbsent(node)) return null;
        if (node.isString()) return node.asString();
        throw Refused.invalid(path + " must be a string");
    }

    public static String requiredText(JsonNode node, String path) {
        String text = text(node, path);
        if (text == null || text.isEmpty()) throw Refused.invalid(path + " is required");
        return text;
    }

    public static @Nullable Boolean flag(JsonNode node, String path) {
        if (isAbsent(node)) return null;
        if (node.isBoolean()) return node.booleanValue();
        throw Refused.invalid(path + " must be true or false");
    }

    public static @Nullable Long whole(JsonNode node, String path) {
        if (isAbsent(node)) return null;
        if (node.isIntegralNumber() && node.canConvertToLong()) return node.longValue();
        throw Refused.invalid(path + " must be a whole number");
    }

    public static @Nullable BigDecimal decimal(JsonNode node, String path) {
        if (isAbsent(node)) return null;
        if (node.isNumber()) return node.decimalValue();
        throw Refused.invalid(path + " must be a number");
    }

    /** A list, or a lone value as a list of one. */
    public static List<String> texts(JsonNode node, String path) {
        if (isAbsent(node)) return List.of();
        if (node.isString()) return List.of(node.asString());
        if (!node.isArray()) throw Refused.invalid(path + " must be a string or an array of strings");
        List<String> texts = new ArrayList<>();
        for (JsonNode one : node) texts.add(requiredText(one, path + "[" + texts.size() + "]"));
        return texts;
    }

    /** The elements of an array; none where it is absent. */
    public static List<JsonNode> elements(JsonNode node, String path) {
        if (isAbsent(node)) return List.of();
        if (!node.isArray()) throw Refused.invalid(path + " must be an array");
        List<JsonNode> elements = new ArrayList<>(node.size());
        node.forEach(elements::add);
        return elements;
    }

    public static @Nullable JsonNode objectOrNull(JsonNode node, String path) {
        if (isAbsent(node)) return null;
        if (node.isObject()) return node;
        throw Refused.invalid(path + " must be an object");
    }

    /** Sets a field if it is said. */
    public static void put(ObjectNode object, String field, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case JsonNode node -> object.set(field, node);
            case String text -> object.put(field, text);
            case Boolean flag -> object.put(field, flag);
            case Integer number -> object.put(field, number);
            case Long number -> object.put(field, number);
            case BigDecimal number -> object.put(field, number);
            default -> throw new IllegalArgumentException(value.getClass().getName());
        }
    }

    /** A text as JSON; null if it is none. A number with an exponent beyond all sense is none either. */
    public static @Nullable JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException | NumberFormatException e) {
            return null;
        }
    }

    /** A JSON object's text as JSON; null if it is something else. */
    public static @Nullable JsonNode parsedObject(String text) {
        JsonNode node = parsed(text);
        return node != null && node.isObject() ? node : null;
    }
}

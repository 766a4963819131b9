package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A value of a request, and the path that an error names it by. Google's parsers take every field by its name in JSON and by
 * the one in Google's own definitions, null for a field that is absent, and numbers in quotation marks.
 */
record Field(String path, JsonNode value) {
    static Field root(JsonNode value) {
        return new Field("", value);
    }

    Field get(String name) {
        JsonNode found = of(value, name);
        return new Field(path.isEmpty() ? name : path + "." + name, found);
    }

    /** The field of an object by its name in JSON, or by that in snake case. */
    static JsonNode of(JsonNode object, String name) {
        JsonNode found = object.path(name);
        if (found.isMissingNode()) found = object.path(snake(name));
        return found.isNull() ? MissingNode.getInstance() : found;
    }

    private static String snake(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) snake.append('_').append(Character.toLowerCase(c));
            else snake.append(c);
        }
        return snake.toString();
    }

    /** The name in JSON of a field that may be written in snake case. */
    static String camel(String name) {
        if (name.indexOf('_') < 0) return name;
        StringBuilder camel = new StringBuilder(name.length());
        boolean up = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && !camel.isEmpty()) {
                up = true;
            } else {
                camel.append(up ? Character.toUpperCase(c) : c);
                up = false;
            }
        }
        return camel.toString();
    }

    boolean isThere() {
        return !value.isMissingNode();
    }

    Refused invalid(String what) {
        return Refused.invalid((path.isEmpty() ? "the request" : path) + " " + what);
    }

    List<Field> list() {
        if (!isThere()) return List.of();
        if (!value.isArray()) throw invalid("must be an array");
        List<Field> list = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) list.add(new Field(path + "[" + i + "]", value.path(i)));
        return list;
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Field field : list()) texts.add(field.required());
        return texts;
    }

    Field object() {
        if (!value.isObject()) throw invalid("must be an object");
        return this;
    }

    @Nullable
    String text() {
        if (!isThere()) return null;
        if (!value.isString()) throw invalid("must be a string");
        return value.stringValue();
    }

    String text(String otherwise) {
        String text = text();
        return text == null ? otherwise : text;
    }

    String required() {
        String text = text();
        if (text == null || text.isEmpty()) throw invalid("is required");
        return text;
    }

    @Nullable
    Boolean flag() {
        if (!isThere()) return null;
        if (!value.isBoolean()) throw invalid("must be true or false");
        return value.booleanValue();
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(flag());
    }

    @Nullable
    BigDecimal number() {
        if (!isThere()) return null;
        try {
            if (value.isString()) return new BigDecimal(value.stringValue());
            if (value.isNumber()) return value.decimalValue();
        } catch (RuntimeException e) {
            // No number, or none that is finite.
        }
        throw invalid("must be a number");
    }

    @Nullable
    Long whole() {
        BigDecimal number = number();
        if (number == null) return null;
        try {
            if (number.precision() - number.scale() <= 19) return number.longValueExact();
        } catch (ArithmeticException e) {
            // It has a fraction.
        }
        throw invalid("must be a whole number");
    }

    @Nullable
    Integer small() {
        Long whole = whole();
        if (whole == null) return null;
        if (whole != whole.intValue()) throw invalid("is too large");
        return whole.intValue();
    }
}

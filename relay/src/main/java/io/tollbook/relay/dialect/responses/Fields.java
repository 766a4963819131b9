package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.dialect.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object of a request and where it stands in it, so that a refusal names the field. A field that is null was not said.
 *
 * @param at its path; empty for the request itself
 */
record Fields(JsonNode node, String at) {
    /** @throws Refused INVALID, if it is no object */
    static Fields of(JsonNode node, String at) {
        if (!node.isObject()) throw Refused.invalid(at + " must be an object");
        return new Fields(node, at);
    }

    String path(String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    boolean has(String name) {
        return !Json.isAbsent(get(name));
    }

    JsonNode get(String name) {
        return node.path(name);
    }

    @Nullable
    String text(String name) {
        return Json.text(get(name), path(name));
    }

    /** May be empty, but must be there. */
    String needText(String name) {
        String text = text(name);
        if (text == null) throw missing(name);
        return text;
    }

    @Nullable
    Boolean flag(String name) {
        return Json.flag(get(name), path(name));
    }

    @Nullable
    Long count(String name) {
        Long count = Json.whole(get(name), path(name));
        if (count != null && count < 0) throw wrong(name, "zero or more");
        return count;
    }

    @Nullable
    BigDecimal number(String name) {
        return Json.decimal(get(name), path(name));
    }

    @Nullable
    Fields object(String name) {
        return has(name) ? of(get(name), path(name)) : null;
    }

    /** The objects of a list; none if there is no list. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : Json.elements(get(name), path(name)))
            objects.add(of(element, path(name) + "[" + objects.size() + "]"));
        return objects;
    }

    /** The strings of a list; none if there is no list. */
    List<String> texts(String name) {
        return Json.texts(get(name), path(name));
    }

    Refused missing(String name) {
        return Refused.invalid("Missing required parameter: '" + path(name) + "'.");
    }

    Refused wrong(String name, String must) {
        return Refused.invalid(path(name) + " must be " + must);
    }

    /** For what no provider but the vendor itself can do. */
    Refused nativeOnly(String name) {
        return Refused.invalid(
                path(name) + " needs a channel that speaks the Responses API itself; none serves this model.");
    }
}

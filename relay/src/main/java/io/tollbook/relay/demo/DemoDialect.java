package io.tollbook.relay.demo;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How one vendor is asked and answers. */
abstract class DemoDialect {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final AtomicLong ANSWERS = new AtomicLong();

    final DemoModel model;

    DemoDialect(DemoModel model) {
        this.model = model;
    }

    /** The key that a request shows, in this vendor's own header; null for none. */
    abstract @Nullable String key(HttpServletRequest request);

    /** What a request with a wrong key is told. */
    DemoFault wrongKey() {
        return new DemoFault(401, "Incorrect API key provided.");
    }

    /**
     * @param path below the provider's address
     * @throws DemoFault before the first byte, for what this vendor refuses
     */
    abstract void answer(String path, HttpServletRequest request, JsonNode body, DemoAnswer answer) throws IOException;

    abstract ObjectNode error(int status, String message);

    static long next() {
        return ANSWERS.incrementAndGet();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static long now() {
        return System.currentTimeMillis() / 1_000;
    }

    /** A field that this vendor's clients write in either of two ways, or in one. */
    static JsonNode field(JsonNode node, String name, String other) {
        return node.has(name) ? node.path(name) : node.path(other);
    }

    static List<String> strings(JsonNode node) {
        if (node.isString()) return List.of(node.asString());
        List<String> strings = new ArrayList<>();
        for (JsonNode one : node) strings.add(one.asString(""));
        return strings;
    }

    static JsonNode schema(JsonNode node) {
        return node.isObject() ? node : object();
    }
}

package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Refused;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The endpoints of a model as their JSON says them: a list of kinds, {@code ["openai","anthropic"]}, or kinds with a path of
 * their own, <code>{"openai":"/v1/chat/completions"}</code> or <code>{"openai":{"path":"…","method":"POST"}}</code>.
 */
public final class Endpoints {
    public static final int TEXT_MAX = 4_000;

    private static final int KINDS_MAX = 30;
    private static final int KIND_MAX = 64;
    private static final int PATH_MAX = 255;
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** By the kind's name, the usual first. */
    public static final Map<String, Endpoint> KNOWN = known();

    private Endpoints() {}

    private static Map<String, Endpoint> known() {
        Map<String, Endpoint> known = new LinkedHashMap<>();
        known.put("openai", new Endpoint("/v1/chat/completions", "POST"));
        known.put("openai-response", new Endpoint("/v1/responses", "POST"));
        known.put("openai-response-compact", new Endpoint("/v1/responses/compact", "POST"));
        known.put("anthropic", new Endpoint("/v1/messages", "POST"));
        known.put("gemini", new Endpoint("/v1beta/models/{model}:generateContent", "POST"));
        known.put("jina-rerank", new Endpoint("/v1/rerank", "POST"));
        known.put("image-generation", new Endpoint("/v1/images/generations", "POST"));
        known.put("embeddings", new Endpoint("/v1/embeddings", "POST"));
        known.put("openai-video", new Endpoint("/v1/videos", "POST"));
        return java.util.Collections.unmodifiableMap(known);
    }

    /**
     * By kind, in the order of the text; empty for an empty text.
     *
     * @throws Refused INVALID naming what is wrong
     */
    public static Map<String, Endpoint> of(String text) {
        if (text.isBlank()) return Map.of();
        if (text.length() > TEXT_MAX) throw Refused.invalid("The endpoints are longer than 4,000 characters.");
        JsonNode root = parsed(text);
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        if (root.isArray()) root.forEach(kind -> endpoints.put(kind.isString() ? kind.asString() : "", known(kind)));
        else if (root.isObject())
            root.properties()
                    .forEach(entry -> endpoints.put(entry.getKey(), endpoint(entry.getKey(), entry.getValue())));
        else throw malformed();
        if (endpoints.size() > KINDS_MAX) throw Refused.invalid("A model has at most " + KINDS_MAX + " endpoints.");
        for (String kind : endpoints.keySet())
            if (kind.isBlank() || kind.length() > KIND_MAX || kind.codePoints().anyMatch(Character::isISOControl))
                throw Refused.invalid("The name of an endpoint has 1 to " + KIND_MAX + " visible characters.");
        return endpoints;
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    private static Refused malformed() {
        return Refused.invalid(
                "The endpoints must be JSON like [\"openai\"] or {\"openai\":{\"path\":\"/v1/chat/completions\",\"method\":\"POST\"}}.");
    }

    private static Endpoint known(JsonNode kind) {
        if (!kind.isString()) throw malformed();
        Endpoint endpoint = KNOWN.get(kind.asString());
        if (endpoint == null)
            throw Refused.invalid("The endpoint " + kind.asString() + " is not a usual one; say its path: {\""
                    + kind.asString() + "\":\"/path\"}.");
        return endpoint;
    }

    private static Endpoint endpoint(String kind, JsonNode value) {
        if (value.isString()) return new Endpoint(path(kind, value.asString()), "POST");
        if (!value.isObject()) throw malformed();
        String method = value.path("method").asString("POST").strip().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method))
            throw Refused.invalid(
                    "The method of the endpoint " + kind + " must be one of GET, POST, PUT, PATCH, DELETE.");
        @Nullable Endpoint usual = KNOWN.get(kind);
        return new Endpoint(path(kind, value.path("path").asString(usual == null ? "" : usual.path())), method);
    }

    private static String path(String kind, String path) {
        if (!path.startsWith("/") || path.length() > PATH_MAX || path.chars().anyMatch(c -> c <= ' '))
            throw Refused.invalid("The path of the endpoint " + kind + " must look like /v1/chat/completions.");
        return path;
    }
}

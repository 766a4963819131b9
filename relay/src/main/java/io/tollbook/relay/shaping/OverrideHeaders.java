package io.tollbook.relay.shaping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/** The headers that operations set, take away and pass, on top of all that is sent otherwise. */
final class OverrideHeaders {
    private static final String APPEND = "$append";
    private static final String ONLY_DECLARED = "$keep_only_declared";
    private static final String ALL_OTHERS = "*";
    /** How a message is cut, which is the connection's business. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final ClientHeaders client;
    /** Null for one that is not sent; names in lower case. */
    private final Map<String, @Nullable String> changes = new LinkedHashMap<>();

    OverrideHeaders(ClientHeaders client) {
        this.client = client;
    }

    Map<String, @Nullable String> changes() {
        return Collections.unmodifiableMap(changes);
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** As it would be sent: what was changed, else the client's. */
    private @Nullable String present(String name) {
        String plain = plain(name);
        if (changes.containsKey(plain)) return changes.get(plain);
        return HeaderTemplates.isOurs(plain) ? null : client.first(plain);
    }

    JsonNode node(String name) {
        String value = present(name);
        return value == null ? MissingNode.getInstance() : StringNode.valueOf(value);
    }

    void set(String name, JsonNode value, boolean keepsOrigin) {
        if (keepsOrigin && present(name) != null) return;
        put(name, value.isObject() ? tokens(name, value) : value.isValueNode() ? value.asString("") : value.toString());
    }

    private void put(String name, @Nullable String value) {
        String plain = plain(name);
        if (FRAMING.contains(plain)) return;
        if (value == null || value.indexOf('\r') < 0 && value.indexOf('\n') < 0) changes.put(plain, value);
    }

    /** Each token of a list like {@code anthropic-beta} on its own: replaced, or left out where its replacement is null. */
    private @Nullable String tokens(String name, JsonNode map) {
        String present = present(name);
        List<String> tokens = new ArrayList<>();
        boolean onlyDeclared = map.path(ONLY_DECLARED).asBoolean(false);
        for (String token : present == null ? new String[0] : present.split(",")) {
            String one = token.strip();
            if (one.isEmpty()) continue;
            JsonNode declared = map.path(one);
            JsonNode replacement = declared.isMissingNode() ? map.path(ALL_OTHERS) : declared;
            if (replacement.isMissingNode()) {
                if (!onlyDeclared) add(tokens, one);
            } else if (!replacement.isNull()) add(tokens, replacement.isString() ? replacement.asString() : one);
        }
        JsonNode more = map.path(APPEND);
        if (more.isString()) add(tokens, more.asString());
        else more.forEach(token -> add(tokens, token.asString("")));
        return tokens.isEmpty() ? null : String.join(",", tokens);
    }

    private static void add(List<String> tokens, String token) {
        if (!token.isBlank() && !tokens.contains(token)) tokens.add(token);
    }

    void delete(String name) {
        put(name, null);
    }

    void copy(String from, String to, boolean keepsOrigin, boolean moves) {
        String value = present(from);
        if (value == null && client == ClientHeaders.NOBODY) return;
        if (value == null) throw OverrideError.impossible("there is no header " + from + ".");
        if (!keepsOrigin || present(to) == null) put(to, value);
        if (moves) delete(from);
    }

    /** The client's own; those that it did not send are left out. */
    void pass(JsonNode names, boolean keepsOrigin) {
        JsonNode list = names.isObject() ? names.path("headers") : names;
        List<String> all = new ArrayList<>();
        if (list.isString()) all.addAll(List.of(list.asString().split(",")));
        else list.forEach(name -> all.add(name.asString("")));
        for (String name : all) {
            String plain = plain(name);
            String value = plain.isEmpty() ? null : client.first(plain);
            if (value != null && !HeaderTemplates.isOurs(plain) && !(keepsOrigin && changes.containsKey(plain)))
                put(plain, value);
        }
    }

    /** All as conditions look at them, by names in small letters. */
    Map<String, String> ofClient() {
        Map<String, String> all = new TreeMap<>();
        for (String name : client.names())
            if (!HeaderTemplates.isOurs(plain(name))) all.put(plain(name), client.first(name));
        return all;
    }
}

package io.tollbook.relay.shaping;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Headers a channel sets on its requests. {@code {api_key}} is the channel's key, {@code {client_header:X}} as a whole value
 * the client's own header, left out where the client has none. A name of {@code *} or {@code re:…} passes the client's headers
 * of that name. What is named wins over what is passed.
 */
public final class HeaderTemplates {
    private static final String CLIENT = "{client_header:";
    /** A client's, which no pattern passes: they are of one connection, or secrets meant for us. */
    private static final Set<String> NEVER = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "cookie",
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "authorization",
            "x-api-key",
            "x-goog-api-key",
            "mj-api-secret",
            "new-api-user",
            "idempotency-key");

    private final Map<String, String> templates;

    HeaderTemplates(Map<String, String> templates) {
        this.templates = templates;
    }

    /** Adds to the headers of a request, whose names are in lower case or as a vendor writes them. */
    public void addTo(Map<String, String> headers, ClientHeaders client, String key) {
        if (templates.isEmpty()) return;
        templates.forEach((name, value) -> {
            Pattern passed = pattern(name);
            if (passed != null) pass(passed, client, headers);
        });
        templates.forEach((name, value) -> {
            if (pattern(name) == null) set(name, value, client, key, headers);
        });
    }

    /** Whether a header, in small letters, is between us and one side alone. */
    static boolean isOurs(String plain) {
        return NEVER.contains(plain) || plain.startsWith("sec-websocket-");
    }

    private static @Nullable Pattern pattern(String name) {
        if (name.equals("*")) return Pattern.compile(".*");
        int colon = name.indexOf(':');
        if (colon < 0 || !name.startsWith("re:") && !name.startsWith("regex:")) return null;
        try {
            return Pattern.compile(name.substring(colon + 1), Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            return Pattern.compile("(?!)");
        }
    }

    private static void pass(Pattern names, ClientHeaders client, Map<String, String> headers) {
        for (String name : client.names()) {
            String plain = name.toLowerCase(Locale.ROOT);
            if (!isOurs(plain) && names.matcher(name).find()) put(headers, plain, String.join(", ", client.all(name)));
        }
    }

    private static void set(
            String name, String template, ClientHeaders client, String key, Map<String, String> headers) {
        String value = template;
        if (template.startsWith(CLIENT) && template.endsWith("}")) {
            // Never looked into again: what a client sends is no template.
            value = client.first(
                    template.substring(CLIENT.length(), template.length() - 1).strip());
            if (value == null) return;
        } else {
            value = template.replace("{api_key}", key);
        }
        if (value.indexOf('\r') < 0 && value.indexOf('\n') < 0) put(headers, name, value);
    }

    /** Whatever the case, a header stands once. */
    static void put(Map<String, String> headers, String name, String value) {
        headers.keySet().removeIf(known -> known.equalsIgnoreCase(name));
        headers.put(name, value);
    }
}

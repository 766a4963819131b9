package io.tollbook.relay.admission;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The API key a client shows, in any of the forms that the vendors' clients use.
 *
 * @param key without {@code sk-}
 * @param channel the channel it asks for; 0 for none
 */
public record PresentedKey(String key, long channel) {
    private static final String WEBSOCKET_ITEM = "openai-insecure-api-key.";

    /** Null if the request shows no key at all. The last form present wins. */
    public static @Nullable PresentedKey of(HttpServletRequest request) {
        String raw = bearer(request.getHeader("Authorization"));
        String protocols = request.getHeader("Sec-WebSocket-Protocol");
        if (protocols != null)
            for (String item : protocols.split(","))
                if (item.strip().startsWith(WEBSOCKET_ITEM)) raw = item.strip().substring(WEBSOCKET_ITEM.length());
        raw = present(request.getHeader("x-api-key"), raw);
        if (request.getQueryString() != null) raw = present(queryKey(request.getQueryString()), raw);
        raw = present(request.getHeader("x-goog-api-key"), raw);
        if (raw == null || raw.equals("midjourney-proxy")) raw = present(request.getHeader("mj-api-secret"), raw);
        return raw == null ? null : parsed(raw);
    }

    private static @Nullable String bearer(@Nullable String header) {
        if (header == null) return null;
        String text = header.strip();
        if (text.toLowerCase(Locale.ROOT).startsWith("bearer "))
            text = text.substring(7).strip();
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String present(@Nullable String candidate, @Nullable String otherwise) {
        return candidate == null || candidate.isBlank() ? otherwise : candidate.strip();
    }

    private static @Nullable String queryKey(String query) {
        for (String pair : query.split("&")) if (pair.startsWith("key=")) return decoded(pair.substring(4));
        return null;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not encoded, so no key of ours, and unknown as it stands.
            return text;
        }
    }

    private static PresentedKey parsed(String raw) {
        String key = raw.startsWith("sk-") ? raw.substring(3) : raw;
        int dash = key.indexOf('-');
        if (dash < 0) return new PresentedKey(key, 0);
        try {
            return new PresentedKey(key.substring(0, dash), Long.parseLong(key.substring(dash + 1)));
        } catch (NumberFormatException e) {
            // No key of ours has a dash, so this one is unknown as a whole.
            return new PresentedKey(key, 0);
        }
    }
}

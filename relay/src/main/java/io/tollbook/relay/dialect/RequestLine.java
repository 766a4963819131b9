package io.tollbook.relay.dialect;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a request's first line says.
 *
 * @param path as it was sent, still encoded
 * @param query as it was sent; null for none
 */
public record RequestLine(String path, @Nullable String query) {
    public static RequestLine of(HttpServletRequest request) {
        return new RequestLine(request.getRequestURI(), request.getQueryString());
    }

    /** The value of a parameter of the query; null if it is not there. */
    public @Nullable String parameter(String name) {
        if (query == null) return null;
        for (String pair : query.split("&"))
            if (pair.startsWith(name + "=")) return decoded(pair.substring(name.length() + 1));
        return null;
    }

    /** A part of the path; in a path, a plus is a plus. */
    public static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}

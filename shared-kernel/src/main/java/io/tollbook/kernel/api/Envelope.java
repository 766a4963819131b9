package io.tollbook.kernel.api;

import org.jspecify.annotations.Nullable;

/** What every management answer looks like; business failures too, with HTTP status 200. */
public record Envelope(
        boolean success, String message, @Nullable Object data) {
    public static Envelope of(@Nullable Object data) {
        return new Envelope(true, "", data);
    }

    public static Envelope done() {
        return new Envelope(true, "", null);
    }

    public static Envelope failure(String message) {
        return new Envelope(false, message, null);
    }
}

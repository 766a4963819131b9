package io.tollbook.kernel.pricing.expression;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a price may hang on besides counts. It is the same at the hold and at the charge, so that the one covers the other. */
public interface Circumstances {
    /** Nothing is known of the request; the time is that of no call. */
    Circumstances NONE = at(Instant.EPOCH);

    /** When the call began. */
    Instant at();

    /** A header of the request; null if it has none of that name. */
    @Nullable
    String header(String name);

    /** A value of the request's body by its path: a String, a BigDecimal or a Boolean; null for anything else. */
    @Nullable
    Object param(String path);

    /** Size and quality of the pictures, like {@code 1024x1024/high}; empty if the request does not say. */
    String picture();

    /** Those of a call of which only the time is known. */
    static Circumstances at(Instant at) {
        return new Circumstances() {
            @Override
            public Instant at() {
                return at;
            }

            @Override
            public @Nullable String header(String name) {
                return null;
            }

            @Override
            public @Nullable Object param(String path) {
                return null;
            }

            @Override
            public String picture() {
                return "";
            }
        };
    }
}

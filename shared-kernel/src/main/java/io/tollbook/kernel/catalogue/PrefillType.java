package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Refused;
import java.util.Locale;

/** What a prefill group fills in. */
public enum PrefillType {
    MODEL,
    TAG,
    ENDPOINT;

    /** Its name in the management API. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static PrefillType of(String key) {
        for (PrefillType type : values()) if (type.key().equals(key)) return type;
        throw Refused.invalid("The type of a prefill group is model, tag or endpoint, not \"" + key + "\".");
    }
}

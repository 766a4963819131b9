package io.tollbook.relay.conversation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A provider's seal on its own thinking, or that thinking encrypted. It is shown again in the next turn, to nobody but the
 * vendor that made it.
 */
public record Signature(Vendor by, String value) {
    private static final char MARK = ':';

    /** As a client of another dialect keeps it: its maker's name goes in front. */
    public String shownTo(Vendor client) {
        return client == by ? value : by.name().toLowerCase(Locale.ROOT) + MARK + value;
    }

    /** What {@link #shownTo} made of it; without a maker's name it is the client's own vendor's. Null for nothing. */
    public static @Nullable Signature shownBy(Vendor client, @Nullable String shown) {
        if (shown == null || shown.isEmpty()) return null;
        for (Vendor vendor : Vendor.values()) {
            String name = vendor.name().toLowerCase(Locale.ROOT) + MARK;
            if (shown.startsWith(name)) return new Signature(vendor, shown.substring(name.length()));
        }
        return new Signature(client, shown);
    }
}

package io.tollbook.relay.dialect;

import io.tollbook.relay.conversation.Vendor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All the dialects there are. */
@Component
public final class Dialects {
    private final Map<Vendor, Dialect> byVendor = new EnumMap<>(Vendor.class);

    Dialects(List<Dialect> dialects) {
        for (Dialect dialect : dialects) byVendor.put(dialect.vendor(), dialect);
    }

    /** Null if nobody here speaks it. */
    public @Nullable Dialect find(Vendor vendor) {
        return byVendor.get(vendor);
    }

    public Dialect of(Vendor vendor) {
        Dialect dialect = byVendor.get(vendor);
        if (dialect == null) throw new IllegalStateException("nobody here speaks " + vendor);
        return dialect;
    }
}

package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Adds a vendor, or changes one. @param vendor null for a new one, which then gets the next number */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record SaveVendor(
        @TargetAggregateIdentifier String catalogue,
        @Nullable VendorId vendor,
        VendorTerms terms,
        Instant at) implements CatalogueCommand<VendorId> {
    public SaveVendor {
        Texts.checkVisible("vendor's name", terms.name());
    }

    public SaveVendor(@Nullable VendorId vendor, VendorTerms terms, Instant at) {
        this(CATALOGUE, vendor, terms, at);
    }
}

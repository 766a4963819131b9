package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Takes a vendor out that no description names. */
@Permits(Caller.ADMIN)
public record RemoveVendor(@TargetAggregateIdentifier String catalogue, VendorId vendor)
        implements CatalogueCommand<Void> {
    public RemoveVendor(VendorId vendor) {
        this(CATALOGUE, vendor);
    }
}

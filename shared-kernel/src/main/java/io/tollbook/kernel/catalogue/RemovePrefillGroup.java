package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Takes a prefill group out; what was filled in from it stays. */
@Permits(Caller.ADMIN)
public record RemovePrefillGroup(@TargetAggregateIdentifier String catalogue, PrefillGroupId group)
        implements CatalogueCommand<Void> {
    public RemovePrefillGroup(PrefillGroupId group) {
        this(CATALOGUE, group);
    }
}

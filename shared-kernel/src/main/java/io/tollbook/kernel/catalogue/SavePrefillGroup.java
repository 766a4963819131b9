package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Adds a prefill group, or changes one. @param group null for a new one, which then gets the next number */
@Permits({Caller.ADMIN, Caller.SYSTEM})
public record SavePrefillGroup(
        @TargetAggregateIdentifier String catalogue,
        @Nullable PrefillGroupId group,
        PrefillTerms terms,
        Instant at) implements CatalogueCommand<PrefillGroupId> {
    public SavePrefillGroup {
        Texts.checkVisible("prefill group's name", terms.name());
    }

    public SavePrefillGroup(@Nullable PrefillGroupId group, PrefillTerms terms, Instant at) {
        this(CATALOGUE, group, terms, at);
    }
}

package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Restores what a change replaced, as a change of its own. Refused if one of its models was changed again since. */
@Permits(Caller.ADMIN)
public record UndoModelChange(@TargetAggregateIdentifier String catalogue, long change, Instant at)
        implements CatalogueCommand<Long> {
    public UndoModelChange(long change, Instant at) {
        this(CATALOGUE, change, at);
    }
}

package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Ends a user for good. The username stays reserved, the books stay whole. */
@Permits({Caller.OWNER, Caller.ADMIN})
public record DeleteUser(@TargetAggregateIdentifier UserId user) implements UserCommand<Void>, Owned {
    @Override
    public UserId owner() {
        return user;
    }
}

package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.secret.Secret;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Gives a user a new password and ends their sessions. The old one is checked before this is sent. */
@Permits({Caller.OWNER, Caller.AUDITOR, Caller.ADMIN, Caller.SYSTEM})
public record ChangePassword(@TargetAggregateIdentifier UserId user, Secret passwordHash)
        implements UserCommand<Void>, Owned {
    @Override
    public UserId owner() {
        return user;
    }
}

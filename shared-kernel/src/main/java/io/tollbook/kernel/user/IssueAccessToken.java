package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Gives a user a new token for the management API; the old one dies.
 *
 * @param fingerprint the token's HMAC; the token itself is shown once and kept nowhere
 */
@Permits(Caller.OWNER)
public record IssueAccessToken(@TargetAggregateIdentifier UserId user, String fingerprint)
        implements UserCommand<Void>, Owned {
    @Override
    public UserId owner() {
        return user;
    }
}

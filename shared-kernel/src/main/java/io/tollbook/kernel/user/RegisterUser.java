package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.secret.Secret;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a user together with their account, username claim and opening grant, all or nothing.
 *
 * @param passwordHash Argon2id in its encoded form; null for users who sign in by other means only
 * @param openingGrant quota to start with; zero for none
 */
@Permits({Caller.SYSTEM, Caller.ADMIN})
public record RegisterUser(
        @TargetAggregateIdentifier UserId user,
        String username,
        String displayName,
        Role role,
        String group,
        @Nullable Secret passwordHash,
        Quota openingGrant,
        Instant at)
        implements UserCommand<UserId> {
    public RegisterUser {
        username = Usernames.checked("username", username);
        displayName = Usernames.checked("display name", displayName);
    }
}

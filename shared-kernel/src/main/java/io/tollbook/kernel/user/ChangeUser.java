package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Changes what is said about a user. Null leaves a field as it is; group and remark are for admins only. */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.SYSTEM})
public record ChangeUser(
        @TargetAggregateIdentifier UserId user,
        @Nullable String username,
        @Nullable String displayName,
        @Nullable String group,
        @Nullable String remark)
        implements UserCommand<Void>, Owned {
    public ChangeUser {
        if (username != null) username = Usernames.checked("username", username);
        if (displayName != null) displayName = Usernames.checked("display name", displayName);
        if (remark != null && remark.length() > 255)
            throw io.tollbook.kernel.Refused.invalid("The remark is longer than 255 characters.");
    }

    @Override
    public UserId owner() {
        return user;
    }
}

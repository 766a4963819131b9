package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import java.util.Optional;

/** One user, deleted ones included. */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM, Caller.RELAY})
public record UserById(UserId user) implements Query<Optional<UserProfile>>, Owned, Personal {
    @Override
    public UserId owner() {
        return user;
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.USER;
    }

    @Override
    public UserId subject() {
        return owner();
    }
}

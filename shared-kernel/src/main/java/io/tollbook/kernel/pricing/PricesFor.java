package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.user.UserId;

/** What a user may call, and at what price. */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record PricesFor(UserId user) implements Query<PriceList>, Owned {
    @Override
    public UserId owner() {
        return user;
    }
}

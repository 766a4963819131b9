package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;

/** The balance of one account; zeros if it does not exist. */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record BalanceOf(AccountId account) implements Query<Balance>, Owned, Personal {
    @Override
    public UserId owner() {
        return new UserId(account.value());
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.BOOK;
    }

    @Override
    public UserId subject() {
        return owner();
    }
}

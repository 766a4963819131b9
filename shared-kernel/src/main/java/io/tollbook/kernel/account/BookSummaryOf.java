package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Adds up the stored events of one account from the first to the given moment, without any read model. */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record BookSummaryOf(AccountId account, @Nullable Instant asOf) implements Query<BookSummary>, Owned, Personal {
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

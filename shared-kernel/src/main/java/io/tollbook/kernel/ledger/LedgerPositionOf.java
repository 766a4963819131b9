package io.tollbook.kernel.ledger;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Where a cutoff lies; asked before anything of the ledger is read for somebody.
 *
 * @param account whose events are meant; null for everybody's
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record LedgerPositionOf(@Nullable AccountId account, Cutoff cutoff)
        implements Query<LedgerPosition>, Owned, Personal {
    @Override
    public @Nullable UserId owner() {
        return account == null ? null : new UserId(account.value());
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.LEDGER;
    }

    @Override
    public @Nullable UserId subject() {
        return owner();
    }
}

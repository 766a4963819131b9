package io.tollbook.kernel.ledger;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.user.UserId;

/**
 * The lots of one account: open ones in the order in which they burn, then empty ones, newest first.
 *
 * @param emptyToo whether lots with nothing left are wanted
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record LotsOf(AccountId account, boolean emptyToo, Paging paging)
        implements Query<Page<LotSummary>>, Owned, Personal {
    @Override
    public UserId owner() {
        return new UserId(account.value());
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.LOTS;
    }

    @Override
    public UserId subject() {
        return owner();
    }
}

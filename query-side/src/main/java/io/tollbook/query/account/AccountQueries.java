package io.tollbook.query.account;

import static io.tollbook.query.schema.Tables.BALANCE;
import static io.tollbook.query.schema.Tables.EXPIRING_LOT;
import static io.tollbook.query.schema.Tables.OPEN_HOLD;

import io.tollbook.kernel.account.AbandonedHolds;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountsWithExpiredLots;
import io.tollbook.kernel.account.Balance;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.Balances;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.OpenHold;
import io.tollbook.kernel.account.Quota;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.stereotype.Component;

/** Answers what accounts have and hold. */
@Component
class AccountQueries {
    private static final int SWEEP_MAX = 1_000;

    private final DSLContext views;

    AccountQueries(DSLContext views) {
        this.views = views;
    }

    @QueryHandler
    Balance handle(BalanceOf query) {
        return views.selectFrom(BALANCE)
                .where(BALANCE.ACCOUNT.eq(query.account()))
                .fetchOptional(AccountQueries::balance)
                .orElseGet(() -> new Balance(query.account(), Quota.ZERO, Quota.ZERO, Quota.ZERO, Quota.ZERO, 0));
    }

    @QueryHandler
    Map<AccountId, Balance> handle(Balances query) {
        Map<AccountId, Balance> balances = new HashMap<>();
        views.selectFrom(BALANCE)
                .where(BALANCE.ACCOUNT.in(query.accounts()))
                .forEach(row -> balances.put(row.get(BALANCE.ACCOUNT), balance(row)));
        return balances;
    }

    private static Balance balance(Record row) {
        return new Balance(
                row.get(BALANCE.ACCOUNT),
                row.get(BALANCE.AVAILABLE),
                row.get(BALANCE.HELD),
                row.get(BALANCE.USED),
                row.get(BALANCE.OVERDRAFT),
                row.get(BALANCE.CALLS));
    }

    @QueryHandler
    List<OpenHold> handle(AbandonedHolds query) {
        return views.selectFrom(OPEN_HOLD)
                .where(OPEN_HOLD.LEASE_END.lt(query.now()).or(OPEN_HOLD.NODE.notIn(query.livingNodes())))
                .orderBy(OPEN_HOLD.HELD_AT)
                .limit(SWEEP_MAX)
                .fetch(AccountQueries::hold);
    }

    static OpenHold hold(Record row) {
        return new OpenHold(
                row.get(OPEN_HOLD.ACCOUNT),
                new HoldId(row.get(OPEN_HOLD.HOLD)),
                row.get(OPEN_HOLD.USER_ID),
                row.get(OPEN_HOLD.TOKEN),
                row.get(OPEN_HOLD.MODEL),
                row.get(OPEN_HOLD.CHANNEL),
                row.get(OPEN_HOLD.AMOUNT),
                row.get(OPEN_HOLD.NODE),
                row.get(OPEN_HOLD.HELD_AT),
                row.get(OPEN_HOLD.LEASE_END));
    }

    @QueryHandler
    List<AccountId> handle(AccountsWithExpiredLots query) {
        return views.selectDistinct(EXPIRING_LOT.ACCOUNT)
                .from(EXPIRING_LOT)
                .where(EXPIRING_LOT.EXPIRES_AT.le(query.now()))
                .and(EXPIRING_LOT.REMAINING.gt(Quota.ZERO))
                .limit(SWEEP_MAX)
                .fetch(EXPIRING_LOT.ACCOUNT);
    }
}

package io.tollbook.command.account;

import static io.tollbook.kernel.Refusal.ACCOUNT_FROZEN;
import static io.tollbook.kernel.Refusal.INSUFFICIENT_QUOTA;
import static io.tollbook.kernel.Refusal.TOKEN_QUOTA_INSUFFICIENT;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.Quota;
import java.util.function.BiPredicate;

/** What must be true before funds are held. Asked in this order; the first that is false is the client's answer. */
enum HoldPolicy {
    ACCOUNT_IS_OPEN(ACCOUNT_FROZEN, (account, hold) -> account.isOpen()),
    TOKEN_COVERS_WORST_CASE(TOKEN_QUOTA_INSUFFICIENT, (account, hold) -> {
        Quota remaining = account.remainingOf(hold.token());
        return remaining == null || hold.isCoveredBy(remaining);
    }),
    BALANCE_COVERS_WORST_CASE(INSUFFICIENT_QUOTA, (account, hold) -> hold.isCoveredBy(account.spendable(hold.at())));

    private final Refusal refusal;
    private final BiPredicate<Account, HoldFunds> holds;

    HoldPolicy(Refusal refusal, BiPredicate<Account, HoldFunds> holds) {
        this.refusal = refusal;
        this.holds = holds;
    }

    static void check(Account account, HoldFunds hold) {
        for (HoldPolicy policy : POLICIES) if (!policy.holds.test(account, hold)) throw new Refused(policy.refusal);
    }

    private static final HoldPolicy[] POLICIES = values();
}

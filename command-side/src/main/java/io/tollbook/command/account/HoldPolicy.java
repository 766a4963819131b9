package io.tollbook.command.account;

import static io.tollbook.kernel.Refusal.ACCOUNT_FROZEN;
import static io.tollbook.kernel.Refusal.INSUFFICIENT_QUOTA;
import static io.tollbook.kernel.Refusal.TOKEN_QUOTA_INSUFFICIENT;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.limit.CallLimits;
import io.tollbook.kernel.limit.CallScope;
import io.tollbook.kernel.limit.LimitReached;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What must be true before funds are held. Asked in this order; the first that is false is the client's answer. */
enum HoldPolicy {
    ACCOUNT_IS_OPEN(ACCOUNT_FROZEN, (account, hold) -> account.isOpen()),
    /** Before the money, so that nobody's prompt is counted for a call that is one too many. */
    CALLS_ARE_FEW(HoldPolicy::limitReached),
    TOKEN_COVERS_WORST_CASE(TOKEN_QUOTA_INSUFFICIENT, (account, hold) -> {
        Quota remaining = account.remainingOf(hold.token());
        return remaining == null || hold.isCoveredBy(remaining);
    }),
    BALANCE_COVERS_WORST_CASE(INSUFFICIENT_QUOTA, (account, hold) -> hold.isCoveredBy(account.spendable(hold.at())));

    private final BiFunction<Account, HoldFunds, @Nullable Refused> answer;

    HoldPolicy(Refusal refusal, BiPredicate<Account, HoldFunds> holds) {
        this((account, hold) -> holds.test(account, hold) ? null : new Refused(refusal));
    }

    HoldPolicy(BiFunction<Account, HoldFunds, @Nullable Refused> answer) {
        this.answer = answer;
    }

    static void check(Account account, HoldFunds hold) {
        for (HoldPolicy policy : POLICIES) {
            Refused refused = policy.answer.apply(account, hold);
            if (refused != null) throw refused;
        }
    }

    private static @Nullable LimitReached limitReached(Account account, HoldFunds hold) {
        CallLimits limits = hold.limits();
        if (limits == null) return null;
        if (isFull(limits.openOfUser(), account.open().size()))
            return LimitReached.open(CallScope.USER, limits.openOfUser());
        if (limits.openOfToken() > 0 && isFull(limits.openOfToken(), openOfToken(account, hold)))
            return LimitReached.open(CallScope.TOKEN, limits.openOfToken());
        return account.windows().reached(hold, limits);
    }

    private static boolean isFull(int most, int open) {
        return most > 0 && open >= most;
    }

    private static int openOfToken(Account account, HoldFunds hold) {
        int count = 0;
        for (Hold open : account.open()) if (open.token().equals(hold.token())) count++;
        return count;
    }

    private static final HoldPolicy[] POLICIES = values();
}

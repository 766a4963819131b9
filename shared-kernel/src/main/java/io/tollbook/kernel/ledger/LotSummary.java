package io.tollbook.kernel.ledger;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lot as people read it. {@code granted = repaid + used + expired + taken + left + held}.
 *
 * @param price what was paid for it; null for a gift
 * @param earned how much of the price is earned or forfeited, in nanos
 * @param repaid paid an overdraft when it was granted
 * @param taken by an administrator
 * @param left what can be spent
 * @param held by open calls
 * @param burns its place among the open lots of the account, from 1; 0 if it is empty
 */
public record LotSummary(
        AccountId account,
        LotId lot,
        LotClass lotClass,
        @Nullable Money price,
        long earned,
        Quota granted,
        Quota repaid,
        Quota used,
        Quota expired,
        Quota taken,
        Quota left,
        Quota held,
        int priority,
        @Nullable Instant expiresAt,
        String cause,
        Instant grantedAt,
        long burns) {
    public boolean isOpen() {
        return !left.isZero() || !held.isZero();
    }
}

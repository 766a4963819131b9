package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lot was added.
 *
 * @param amount the whole grant
 * @param overdraftRepaid the part of it that paid an open overdraft and never became available
 * @param available the balance after it, holds taken off
 * @param pricePaid what was paid for the whole lot; null for a gift
 */
@EventName("account.quota-granted")
public record QuotaGranted(
        AccountId account,
        LotId lot,
        LotClass lotClass,
        Quota amount,
        Quota overdraftRepaid,
        int priority,
        @Nullable Instant expiresAt,
        String cause,
        Quota available,
        Instant at,
        @Nullable Money pricePaid)
        implements AccountEvent {
    /** A lot that nobody paid for. */
    public QuotaGranted(
            AccountId account,
            LotId lot,
            LotClass lotClass,
            Quota amount,
            Quota overdraftRepaid,
            int priority,
            @Nullable Instant expiresAt,
            String cause,
            Quota available,
            Instant at) {
        this(account, lot, lotClass, amount, overdraftRepaid, priority, expiresAt, cause, available, at, null);
    }
}

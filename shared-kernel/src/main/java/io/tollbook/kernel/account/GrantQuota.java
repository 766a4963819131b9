package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Adds a lot of quota. An open overdraft is paid first. The same lot twice is one lot.
 *
 * @param priority lots of a lower number burn first
 * @param expiresAt null for never
 * @param cause what for, in words: {@code opening grant}, {@code top-up …}
 * @param pricePaid what was paid for the whole lot; null for a gift
 */
@Permits(Caller.SYSTEM)
public record GrantQuota(
        @TargetAggregateIdentifier AccountId account,
        LotId lot,
        LotClass lotClass,
        Quota amount,
        int priority,
        @Nullable Instant expiresAt,
        String cause,
        Instant at,
        @Nullable Money pricePaid)
        implements AccountCommand {
    public GrantQuota {
        if (!amount.checked("amount").isPositive()) throw Refused.invalid("A grant needs an amount above 0.");
        lotClass.checkPrice(pricePaid);
    }

    /** A lot that nobody paid for. */
    public GrantQuota(
            AccountId account,
            LotId lot,
            LotClass lotClass,
            Quota amount,
            int priority,
            @Nullable Instant expiresAt,
            String cause,
            Instant at) {
        this(account, lot, lotClass, amount, priority, expiresAt, cause, at, null);
    }
}

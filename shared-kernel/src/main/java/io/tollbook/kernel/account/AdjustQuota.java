package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the balance, takes from it, or sets it; {@link RequestAdjustment} says who may. Taking more than there is takes what there is not
 * held. The same adjustment twice is one.
 *
 * @param lot names the adjustment, and the lot where it adds
 * @param lotClass of what it adds
 * @param pricePaid what was paid for what it adds; null for a gift
 */
@Permits(Caller.SYSTEM)
public record AdjustQuota(
        @TargetAggregateIdentifier AccountId account,
        LotId lot,
        Mode mode,
        Quota value,
        Instant at,
        LotClass lotClass,
        @Nullable Money pricePaid)
        implements AccountCommand {
    public enum Mode {
        ADD,
        SUBTRACT,
        OVERRIDE
    }

    public AdjustQuota {
        value.checked("quota");
        if (mode != Mode.OVERRIDE && !value.isPositive()) throw Refused.invalid("The quota must be above 0.");
        // A quota that is set may go down as well as up, and nothing is sold by going down.
        if (mode != Mode.ADD && (lotClass != LotClass.COMPENSATION || pricePaid != null))
            throw Refused.invalid("Only quota that is added has a class and a price paid.");
        lotClass.checkPrice(pricePaid);
    }

    /** Adds as a compensation. */
    public AdjustQuota(AccountId account, LotId lot, Mode mode, Quota value, Instant at) {
        this(account, lot, mode, value, at, LotClass.COMPENSATION, null);
    }

    /** What it would change where this is available. */
    public Quota changeOf(Quota available) {
        return switch (mode) {
            case ADD -> value;
            case SUBTRACT -> Quota.ZERO.minus(value);
            case OVERRIDE -> value.minus(available);
        };
    }

    /** The lot by which the balance rises. */
    public GrantQuota grant(Quota amount) {
        return new GrantQuota(account, lot, lotClass, amount, 0, null, "adjustment", at, pricePaid);
    }
}

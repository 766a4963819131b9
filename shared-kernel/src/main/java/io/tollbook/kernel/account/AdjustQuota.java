package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * An administrator adds to the balance, takes from it, or sets it. Taking more than there is takes what there is not
 * held. The same adjustment twice is one.
 *
 * @param lot names the adjustment, and the lot where it adds
 */
@Permits(Caller.ADMIN)
public record AdjustQuota(@TargetAggregateIdentifier AccountId account, LotId lot, Mode mode, Quota value, Instant at)
        implements AccountCommand {
    public enum Mode {
        ADD,
        SUBTRACT,
        OVERRIDE
    }

    public AdjustQuota {
        value.checked("quota");
        if (mode != Mode.OVERRIDE && !value.isPositive()) throw Refused.invalid("The quota must be above 0.");
    }
}

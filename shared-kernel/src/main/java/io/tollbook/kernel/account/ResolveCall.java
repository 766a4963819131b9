package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * An administrator decides about an unresolved call, once. Only {@link ReopenCall} takes that back.
 *
 * @param charge what the customer pays, at most what was held; 0 for anything but CHARGED
 */
@Permits(Caller.ADMIN)
public record ResolveCall(
        @TargetAggregateIdentifier AccountId account,
        HoldId hold,
        Resolution resolution,
        Quota charge,
        Reason reason,
        Instant at)
        implements AccountCommand {
    public ResolveCall {
        charge.checked("charge");
        if (resolution == Resolution.CHARGED && charge.isZero())
            throw Refused.invalid(
                    "A charge must be above 0. Write the call off instead, or leave it with the customer.");
        if (resolution != Resolution.CHARGED && !charge.isZero())
            throw Refused.invalid("Only a charged call costs the customer something.");
    }
}

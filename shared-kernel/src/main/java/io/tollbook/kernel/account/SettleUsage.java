package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Charges a call and gives back the rest of its hold. The same settlement twice is one.
 *
 * @param charge what the call costs under the hold's price version
 * @param attempts every try; the last one answered
 * @param upstreamRequest the provider's own id of the request; null where it sent none
 * @param quarantined what the provider reported where that cannot be; null where it can
 * @param group whose channel answered and whose prices hold; null for the hold's
 */
@Permits(Caller.RELAY)
public record SettleUsage(
        @TargetAggregateIdentifier AccountId account,
        HoldId hold,
        Meters meters,
        Provenance provenance,
        Quota charge,
        List<Attempt> attempts,
        CallTiming timing,
        @Nullable String upstreamRequest,
        @Nullable QuarantinedUsage quarantined,
        @Nullable String group)
        implements AccountCommand {
    public SettleUsage {
        if (charge.isNegative()) throw new IllegalArgumentException("a charge below zero: " + charge);
        if ((provenance == Provenance.QUARANTINED) != (quarantined != null))
            throw new IllegalArgumentException("usage that is " + provenance + " and kept as " + quarantined);
        attempts = List.copyOf(attempts);
    }

    /** In the hold's own group. */
    public SettleUsage(
            AccountId account,
            HoldId hold,
            Meters meters,
            Provenance provenance,
            Quota charge,
            List<Attempt> attempts,
            CallTiming timing,
            @Nullable String upstreamRequest,
            @Nullable QuarantinedUsage quarantined) {
        this(account, hold, meters, provenance, charge, attempts, timing, upstreamRequest, quarantined, null);
    }
}

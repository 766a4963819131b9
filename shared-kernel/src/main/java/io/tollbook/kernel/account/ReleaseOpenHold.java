package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Reason;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** An administrator gives an open hold back. If its call runs on, it is answered and not charged. */
@Permits(Caller.ADMIN)
public record ReleaseOpenHold(@TargetAggregateIdentifier AccountId account, HoldId hold, Reason reason, Instant at)
        implements AccountCommand {}

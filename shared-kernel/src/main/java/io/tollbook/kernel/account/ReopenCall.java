package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Reason;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** An administrator takes back what was decided about a call: it is unresolved again, and what it cost is given back. */
@Permits(Caller.ADMIN)
public record ReopenCall(@TargetAggregateIdentifier AccountId account, HoldId hold, Reason reason, Instant at)
        implements AccountCommand {}

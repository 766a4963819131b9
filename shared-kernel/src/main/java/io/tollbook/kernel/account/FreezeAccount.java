package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Refuses new holds. Open ones still settle. */
@Permits(Caller.SYSTEM)
public record FreezeAccount(@TargetAggregateIdentifier AccountId account) implements AccountCommand {}

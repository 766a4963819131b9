package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Admits holds again. */
@Permits(Caller.SYSTEM)
public record UnfreezeAccount(@TargetAggregateIdentifier AccountId account) implements AccountCommand {}

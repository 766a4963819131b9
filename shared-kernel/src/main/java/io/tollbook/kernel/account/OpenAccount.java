package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.user.UserId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Opens an empty account. */
@Permits(Caller.SYSTEM)
public record OpenAccount(@TargetAggregateIdentifier AccountId account, UserId owner) implements AccountCommand {}

package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Takes out what is left in lots whose time has come. What is held stays until its call ends. */
@Permits(Caller.SYSTEM)
public record ExpireLots(@TargetAggregateIdentifier AccountId account, Instant at) implements AccountCommand {}

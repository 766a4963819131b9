package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Lets a disabled user sign in and spend again. */
@Permits(Caller.ADMIN)
public record EnableUser(@TargetAggregateIdentifier UserId user) implements UserCommand<Void> {}

package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Promotes or demotes. Only root promotes to admin and appoints auditors; nobody makes or unmakes root. */
@Permits(Caller.ADMIN)
public record ChangeRole(@TargetAggregateIdentifier UserId user, Role role) implements UserCommand<Void> {}

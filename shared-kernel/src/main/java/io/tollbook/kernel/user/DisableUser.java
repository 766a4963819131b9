package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Stops a user at once: sessions end, the account is frozen, keys stop working. */
@Permits(Caller.ADMIN)
public record DisableUser(@TargetAggregateIdentifier UserId user) implements UserCommand<Void> {}

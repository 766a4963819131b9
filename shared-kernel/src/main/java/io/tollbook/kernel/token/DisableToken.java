package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.user.UserId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Stops a key within a second. */
@Permits(Caller.OWNER)
public record DisableToken(@TargetAggregateIdentifier TokenId token, UserId owner) implements TokenCommand<Void> {}

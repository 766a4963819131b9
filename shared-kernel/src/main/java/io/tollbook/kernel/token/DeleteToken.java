package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.user.UserId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Ends a key for good. */
@Permits(Caller.OWNER)
public record DeleteToken(@TargetAggregateIdentifier TokenId token, UserId owner) implements TokenCommand<Void> {}

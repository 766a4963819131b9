package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.user.UserId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Gives a key other terms. Refused as NOT_FOUND for a key of somebody else. */
@Permits(Caller.OWNER)
public record ChangeToken(@TargetAggregateIdentifier TokenId token, UserId owner, TokenTerms terms)
        implements TokenCommand<Void> {}

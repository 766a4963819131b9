package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Lets a disabled key be used again; refused when it has expired or is used up. */
@Permits(Caller.OWNER)
public record EnableToken(@TargetAggregateIdentifier TokenId token, UserId owner, Instant at)
        implements TokenCommand<Void> {}

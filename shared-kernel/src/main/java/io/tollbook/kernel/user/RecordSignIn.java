package io.tollbook.kernel.user;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Notes that a user has signed in. */
@Permits(Caller.SYSTEM)
public record RecordSignIn(@TargetAggregateIdentifier UserId user, String method, Instant at)
        implements UserCommand<Void> {}

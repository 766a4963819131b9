package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Gives a whole hold back. The same release twice is one.
 *
 * @param code the error's code as the client saw it; empty if none
 * @param status the HTTP status the client saw; 0 if none
 */
@Permits({Caller.RELAY, Caller.SYSTEM})
public record ReleaseHold(
        @TargetAggregateIdentifier AccountId account,
        HoldId hold,
        ReleaseCause cause,
        String code,
        int status,
        List<Attempt> attempts,
        java.time.Instant at)
        implements AccountCommand {
    public ReleaseHold {
        attempts = List.copyOf(attempts);
    }
}

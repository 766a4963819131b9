package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.token.TokenId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Says how much one API key may still spend from now on.
 *
 * @param remaining null for no limit
 */
@Permits(Caller.SYSTEM)
public record LimitToken(
        @TargetAggregateIdentifier AccountId account,
        TokenId token,
        @Nullable Quota remaining) implements AccountCommand {
    public LimitToken {
        if (token.isSession()) throw new IllegalArgumentException("a limit for calls without a key");
        if (remaining != null) remaining.checked("quota of the key");
    }
}

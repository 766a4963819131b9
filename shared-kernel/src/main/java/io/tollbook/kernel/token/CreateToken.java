package io.tollbook.kernel.token;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Makes an API key and its limit in the owner's account, both or none.
 *
 * @param key 48 letters and digits, without the {@code sk-} that clients may put before it
 */
@Permits({Caller.OWNER, Caller.SYSTEM})
public record CreateToken(
        @TargetAggregateIdentifier TokenId token, UserId owner, Secret key, TokenTerms terms, Instant at)
        implements TokenCommand<TokenId> {
    public CreateToken {
        if (token.isSession()) throw new IllegalArgumentException("a key without a number");
    }
}

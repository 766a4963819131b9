package io.tollbook.kernel.account;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call whose end nobody saw, and what was decided about it.
 *
 * @param channel where it had been sent; null if nobody knows
 * @param held what it had held, and can be charged at most
 * @param releasedAt since when it has been unresolved
 * @param decision null while nobody has decided
 */
public record UnresolvedCall(
        AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        @Nullable ChannelId channel,
        Quota held,
        Instant releasedAt,
        @Nullable Decision decision,
        CallNames names)
        implements KnownCall {
    /**
     * What was decided.
     *
     * @param by the administrator's number
     * @param byName their present name; empty if they are gone
     */
    public record Decision(Resolution resolution, Quota charged, long by, String byName, String reason, Instant at) {}
}

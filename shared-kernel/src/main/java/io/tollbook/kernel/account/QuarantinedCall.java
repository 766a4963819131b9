package io.tollbook.kernel.account;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A call whose provider reported usage that cannot be, and what was charged all the same. */
public record QuarantinedCall(
        AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        @Nullable ChannelId channel,
        Quota held,
        Quota charged,
        QuarantinedUsage usage,
        @Nullable String upstreamRequest,
        Instant settledAt,
        CallNames names)
        implements KnownCall {}

package io.tollbook.kernel.account;

import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

public record OpenHold(
        AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        ChannelId channel,
        Quota amount,
        String node,
        Instant at,
        Instant leaseEnd) {}

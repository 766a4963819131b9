package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;

/**
 * The most a call can cost is set aside.
 *
 * @param slices which lots it is set aside from, in burn order; they sum to {@code amount}
 * @param available the balance after it
 */
@EventName("account.funds-held")
public record FundsHeld(
        AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        String group,
        long priceVersion,
        ChannelId channel,
        Quota amount,
        List<LotSlice> slices,
        Quota available,
        String node,
        Instant at,
        Instant leaseEnd)
        implements AccountEvent {}

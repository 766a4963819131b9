package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.limit.CountedCall;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most a call can cost is set aside.
 *
 * @param slices which lots it is set aside from, in burn order; they sum to {@code amount}
 * @param available the balance after it
 * @param counted how limits count the call; null where none does
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
        Instant leaseEnd,
        @Nullable CountedCall counted)
        implements AccountEvent {
    /** Of a call that no limit counts. */
    public FundsHeld(
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
            Instant leaseEnd) {
        this(
                account,
                hold,
                user,
                token,
                model,
                group,
                priceVersion,
                channel,
                amount,
                slices,
                available,
                node,
                at,
                leaseEnd,
                null);
    }
}

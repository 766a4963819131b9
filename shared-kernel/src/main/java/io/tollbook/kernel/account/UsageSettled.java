package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call was charged, once and for ever.
 *
 * @param held what had been set aside; the difference to {@code charged} is available again
 * @param charged what the call cost
 * @param burned which lots paid, in burn order; they sum to {@code charged - overdraft}
 * @param overdraft the part no lot could pay, because the provider reported more than the hold had foreseen
 * @param available the balance after it
 * @param quarantined what the provider reported where that cannot be; null where it can
 */
@EventName("account.usage-settled")
public record UsageSettled(
        AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        String group,
        long priceVersion,
        Meters meters,
        Provenance provenance,
        Quota held,
        Quota charged,
        List<LotSlice> burned,
        Quota overdraft,
        Quota available,
        List<Attempt> attempts,
        CallTiming timing,
        @Nullable String upstreamRequest,
        @Nullable QuarantinedUsage quarantined)
        implements AccountEvent {
    /** The channel that answered. */
    public ChannelId channel() {
        return attempts.getLast().channel();
    }
}

package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.limit.CallLimits;
import io.tollbook.kernel.limit.CountedCall;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Sets aside the most that one request can cost, before anything is sent upstream.
 *
 * @param estimated whether the worst case rests on an estimate of the prompt; only an account with many times as much gets
 *     such a hold, any other is refused and may be asked again with a counted one
 * @param node the process that will settle or release it; when that process dies the sweeper does
 * @param channel where the first attempt goes
 * @param at now; lots that have expired by then are not touched
 * @param leaseEnd after this moment the sweeper may release it
 * @param limits which the account's calls must keep to with this one; null for none
 */
@Permits(Caller.RELAY)
public record HoldFunds(
        @TargetAggregateIdentifier AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        String group,
        long priceVersion,
        ChannelId channel,
        Quota worstCase,
        boolean estimated,
        String node,
        Instant at,
        Instant leaseEnd,
        @Nullable CallLimits limits)
        implements AccountCommand {
    private static final int ESTIMATES_COVERED = 16;

    public HoldFunds {
        if (worstCase.isNegative()) throw new IllegalArgumentException("a hold below zero: " + worstCase);
    }

    /** Without limits. */
    public HoldFunds(
            AccountId account,
            HoldId hold,
            UserId user,
            TokenId token,
            String model,
            String group,
            long priceVersion,
            ChannelId channel,
            Quota worstCase,
            boolean estimated,
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
                worstCase,
                estimated,
                node,
                at,
                leaseEnd,
                null);
    }

    /** How limits count the call; null where none does. */
    public @Nullable CountedCall counted() {
        return limits == null ? null : limits.counted();
    }

    /** Whether an amount is enough for this hold: the worst case, and many of them if it is only estimated. */
    public boolean isCoveredBy(Quota amount) {
        return Quota.of(estimated ? Math.floorDiv(amount.units(), ESTIMATES_COVERED) : amount.units())
                .covers(worstCase);
    }
}

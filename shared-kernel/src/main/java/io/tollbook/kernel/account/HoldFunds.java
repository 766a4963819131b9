package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Sets aside the most that one request can cost, before anything is sent upstream.
 *
 * @param node the process that will settle or release it; when that process dies the sweeper does
 * @param channel where the first attempt goes
 * @param at now; lots that have expired by then are not touched
 * @param leaseEnd after this moment the sweeper may release it
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
        String node,
        Instant at,
        Instant leaseEnd)
        implements AccountCommand {
    public HoldFunds {
        if (worstCase.isNegative()) throw new IllegalArgumentException("a hold below zero: " + worstCase);
    }
}

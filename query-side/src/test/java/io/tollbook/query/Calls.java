package io.tollbook.query;

import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events of calls, as the relay's commands would make them. */
public final class Calls {
    public static final LotId LOT = new LotId("opening");

    private Calls() {}

    public static FundsHeld held(long account, long token, String hold, long amount, long available) {
        return held(account, token, hold, amount, available, Instant.now());
    }

    public static FundsHeld held(long account, long token, String hold, long amount, long available, Instant at) {
        return new FundsHeld(
                new AccountId(account),
                new HoldId(hold),
                new UserId(account),
                new TokenId(token),
                "gpt-4o-mini",
                "default",
                1,
                new ChannelId(3),
                Quota.of(amount),
                List.of(new LotSlice(LOT, Quota.of(amount))),
                Quota.of(available),
                "node-1",
                at,
                at.plusSeconds(600));
    }

    public static UsageSettled settled(long account, long token, String hold, long held, long charged, long available) {
        return settled(
                account,
                token,
                hold,
                held,
                charged,
                available,
                new Meters(Map.of(Meter.INPUT, 12L, Meter.OUTPUT, 30L)));
    }

    public static UsageSettled settled(
            long account, long token, String hold, long held, long charged, long available, Meters meters) {
        return new UsageSettled(
                new AccountId(account),
                new HoldId(hold),
                new UserId(account),
                new TokenId(token),
                "gpt-4o-mini",
                "default",
                1,
                meters,
                Provenance.REPORTED,
                Quota.of(held),
                Quota.of(charged),
                List.of(new LotSlice(LOT, Quota.of(charged))),
                Quota.ZERO,
                Quota.of(available),
                List.of(new Attempt(new ChannelId(3), "gpt-4o-mini-2024", Attempt.Outcome.ANSWERED, 200, 812)),
                new CallTiming(Instant.now().minusMillis(830), 105, 830, true),
                "chatcmpl-abcdefghij",
                null);
    }

    public static HoldReleased released(
            long account, long token, String hold, long amount, ReleaseCause cause, String code, long available) {
        return new HoldReleased(
                new AccountId(account),
                new HoldId(hold),
                new UserId(account),
                new TokenId(token),
                "gpt-4o-mini",
                "default",
                Quota.of(amount),
                cause,
                code,
                code.isEmpty() ? 0 : 502,
                List.of(new Attempt(new ChannelId(3), "gpt-4o-mini-2024", Attempt.Outcome.FAILED, 502, 20)),
                Quota.of(available),
                Instant.now());
    }

    /** A settled call whose provider said something that cannot be. */
    public static UsageSettled quarantined(
            long account, long token, String hold, long held, long charged, long available, QuarantinedUsage usage) {
        UsageSettled settled = settled(account, token, hold, held, charged, available);
        return new UsageSettled(
                settled.account(),
                settled.hold(),
                settled.user(),
                settled.token(),
                settled.model(),
                settled.group(),
                settled.priceVersion(),
                settled.meters(),
                Provenance.QUARANTINED,
                settled.held(),
                settled.charged(),
                settled.burned(),
                settled.overdraft(),
                settled.available(),
                settled.attempts(),
                settled.timing(),
                settled.upstreamRequest(),
                usage);
    }

    public static CallResolved resolved(
            long account, long token, String hold, Resolution resolution, long held, long charged, long available) {
        return new CallResolved(
                new AccountId(account),
                new HoldId(hold),
                new UserId(account),
                new TokenId(token),
                "gpt-4o-mini",
                resolution,
                Quota.of(held),
                Quota.of(charged),
                charged == 0 ? List.of() : List.of(new LotSlice(LOT, Quota.of(charged))),
                Quota.of(available),
                Instant.now());
    }

    public static CallReopened reopened(
            long account, long token, String hold, Resolution resolution, long returned, long available) {
        return new CallReopened(
                new AccountId(account),
                new HoldId(hold),
                new UserId(account),
                new TokenId(token),
                "gpt-4o-mini",
                resolution,
                Quota.of(returned),
                returned == 0 ? List.of() : List.of(new LotSlice(LOT, Quota.of(returned))),
                Quota.of(available),
                Instant.now());
    }
}

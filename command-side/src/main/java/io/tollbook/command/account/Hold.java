package io.tollbook.command.account;

import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.account.UsageSettled;
import io.tollbook.kernel.limit.CountedCall;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Funds set aside for one running call, and what its settlement will have to say. */
record Hold(
        UserId user,
        TokenId token,
        String model,
        String group,
        long priceVersion,
        Quota amount,
        List<LotSlice> slices,
        @Nullable CountedCall counted) {
    static Hold of(FundsHeld event) {
        return new Hold(
                event.user(),
                event.token(),
                event.model(),
                event.group(),
                event.priceVersion(),
                event.amount(),
                event.slices(),
                event.counted());
    }

    /** Its first slices, up to an amount that is not above its own. */
    List<LotSlice> firstSlices(Quota upTo) {
        Quota missing = upTo;
        List<LotSlice> first = new ArrayList<>(slices.size());
        for (LotSlice slice : slices) {
            if (missing.isZero()) break;
            Quota part = slice.amount().min(missing);
            first.add(new LotSlice(slice.lot(), part));
            missing = missing.minus(part);
        }
        return List.copyOf(first);
    }

    UsageSettled settled(SettleUsage command, List<LotSlice> burned, Quota overdraft, Quota available) {
        return new UsageSettled(
                command.account(),
                command.hold(),
                user,
                token,
                model,
                command.group() == null ? group : command.group(),
                priceVersion,
                command.meters(),
                command.provenance(),
                amount,
                command.charge(),
                List.copyOf(burned),
                overdraft,
                available,
                command.attempts(),
                command.timing(),
                command.upstreamRequest(),
                command.quarantined());
    }

    /** @param available the balance before it */
    HoldReleased released(ReleaseHold command, Quota available) {
        return new HoldReleased(
                command.account(),
                command.hold(),
                user,
                token,
                model,
                group,
                amount,
                command.cause(),
                command.code(),
                command.status(),
                command.attempts(),
                available.plus(amount),
                command.at());
    }
}

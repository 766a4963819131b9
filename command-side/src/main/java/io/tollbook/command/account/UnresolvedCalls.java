package io.tollbook.command.account;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReopenCall;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.ResolveCall;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one account whose end nobody saw. They are kept for ever, so that each is decided once however late: a crash
 * leaves a few, and each takes 200 bytes.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class UnresolvedCalls {
    private Map<String, Call> calls = new HashMap<>();

    /**
     * One call.
     *
     * @param resolution null while nobody has decided
     * @param paid the lots that paid, each with what it paid
     */
    record Call(
            UserId user,
            TokenId token,
            String model,
            Quota held,
            @Nullable Resolution resolution,
            List<Lot> paid) {}

    /** Refuses a decision that was taken before, or takes more than it may. */
    void check(ResolveCall command, Quota spendable) {
        Call call = known(command.hold());
        if (call.resolution != null)
            throw new Refused(
                    Refusal.HOLD_RESOLVED, "Somebody has decided about this call already. Reload to see how.");
        if (!call.held.covers(command.charge()))
            throw Refused.invalid("The call held " + call.held + " quota and can be charged no more than that.");
        if (!spendable.covers(command.charge()))
            throw new Refused(
                    Refusal.INSUFFICIENT_QUOTA,
                    "The account has " + spendable + " quota left. Charge at most that, or write the call off.");
    }

    CallResolved resolved(ResolveCall command, List<LotSlice> burned, Quota available) {
        Call call = known(command.hold());
        return new CallResolved(
                command.account(),
                command.hold(),
                call.user,
                call.token,
                call.model,
                command.resolution(),
                call.held,
                command.charge(),
                burned,
                available,
                command.at());
    }

    /** @param available the balance before it */
    CallReopened reopened(ReopenCall command, Quota available) {
        Call call = known(command.hold());
        if (call.resolution == null)
            throw new Refused(Refusal.HOLD_RESOLVED, "This call is unresolved already: there is nothing to take back.");
        List<LotSlice> slices = call.paid.stream()
                .map(lot -> new LotSlice(lot.id(), lot.available()))
                .toList();
        Quota returned = slices.stream().map(LotSlice::amount).reduce(Quota.ZERO, Quota::plus);
        return new CallReopened(
                command.account(),
                command.hold(),
                call.user,
                call.token,
                call.model,
                call.resolution,
                returned,
                slices,
                available.plus(returned),
                command.at());
    }

    private Call known(HoldId hold) {
        Call call = calls.get(hold.value());
        if (call == null) throw new Refused(Refusal.HOLD_UNKNOWN, "This account has no unresolved call of that name.");
        return call;
    }

    void add(HoldReleased event) {
        Call call = new Call(event.user(), event.token(), event.model(), event.amount(), null, List.of());
        calls.put(event.hold().value(), call);
    }

    void on(CallResolved event, List<Lot> paid) {
        change(event.hold(), event.resolution(), paid);
    }

    /** The lots that had paid, each with what it gets back. */
    List<Lot> on(CallReopened event) {
        return change(event.hold(), null, List.of()).paid;
    }

    private Call change(HoldId hold, @Nullable Resolution resolution, List<Lot> paid) {
        Call before = calls.get(hold.value());
        if (before == null || (before.resolution == null) == (resolution == null))
            throw new IllegalStateException("call " + hold + " was decided twice, or taken back undecided");
        calls.put(hold.value(), new Call(before.user, before.token, before.model, before.held, resolution, paid));
        return before;
    }
}

package io.tollbook.command.account;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.tollbook.command.access.Sender;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.AdjustmentApproved;
import io.tollbook.kernel.account.AdjustmentExpired;
import io.tollbook.kernel.account.AdjustmentRejected;
import io.tollbook.kernel.account.AdjustmentRequested;
import io.tollbook.kernel.account.AdjustmentState;
import io.tollbook.kernel.account.AdjustmentWithdrawn;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A change of quota that waits for a second person, and ends once. */
@Aggregate(lockFactory = "noLocks")
class Adjustment {
    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable AdjustmentRequested request;
    private AdjustmentState state = AdjustmentState.PENDING;

    protected Adjustment() {}

    static String stream(LotId adjustment) {
        return "adjustment-" + adjustment.value();
    }

    /** Asks for it, once. Answers until when it waits. */
    Instant request(AdjustmentRequested wanted) {
        if (request == null) apply(wanted);
        else if (state != AdjustmentState.PENDING) throw decided();
        return requested().expiresAt();
    }

    /** What is to be done to the account, if this sender may let it take effect now. */
    AdjustQuota approvedBy(Sender sender, Instant at) {
        check(sender, at);
        AdjustmentRequested what = requested();
        return new AdjustQuota(
                what.account(), what.adjustment(), what.mode(), what.value(), at, what.lotClass(), what.pricePaid());
    }

    UserId requestedBy() {
        return requested().requestedBy();
    }

    /** Why the balance changes and who wanted it, for the account's own event. */
    MetaData story() {
        return MetaData.with("reason", requested().reason().words())
                .and("requested_by", Long.toString(requested().requestedBy().value()));
    }

    void approve(Quota before, Quota after, Instant at) {
        AdjustmentRequested what = requested();
        apply(new AdjustmentApproved(what.adjustment(), what.account(), what.requestedBy(), before, after, at));
    }

    void reject(Sender sender, Reason reason, Instant at) {
        check(sender, at);
        AdjustmentRequested what = requested();
        apply(
                new AdjustmentRejected(what.adjustment(), what.account(), what.requestedBy(), at),
                MetaData.with("reason", reason.words()));
    }

    void withdraw(Sender sender, Instant at) {
        AdjustmentRequested what = requested();
        if (!sender.is(what.requestedBy()))
            throw new Refused(Refusal.NOT_PERMITTED, "Only who asked for a change takes that back. Reject it instead.");
        if (state != AdjustmentState.PENDING) throw decided();
        apply(new AdjustmentWithdrawn(what.adjustment(), what.account(), what.requestedBy(), at));
    }

    void expire(Instant at) {
        AdjustmentRequested what = requested();
        if (state != AdjustmentState.PENDING || at.isBefore(what.expiresAt())) return;
        apply(new AdjustmentExpired(what.adjustment(), what.account(), what.requestedBy(), at));
    }

    private void check(Sender sender, Instant at) {
        AdjustmentRequested what = requested();
        if (sender.is(what.requestedBy()))
            throw new Refused(
                    Refusal.NOT_PERMITTED, "Whoever asks for a change does not decide about it: somebody else must.");
        if (sender.is(ownerOf(what.account())))
            throw new Refused(Refusal.NOT_PERMITTED, "Nobody decides about a change of their own balance.");
        if (state != AdjustmentState.PENDING) throw decided();
        if (!at.isBefore(what.expiresAt())) throw expired();
    }

    private static UserId ownerOf(AccountId account) {
        return new UserId(account.value());
    }

    private static Refused expired() {
        return new Refused(Refusal.ADJUSTMENT_DECIDED, "This request has expired. Ask for the change again.");
    }

    private Refused decided() {
        if (state == AdjustmentState.EXPIRED) return expired();
        return new Refused(
                Refusal.ADJUSTMENT_DECIDED,
                "This change of quota has already been " + state.name().toLowerCase(java.util.Locale.ROOT) + ".");
    }

    private AdjustmentRequested requested() {
        if (request == null) throw new IllegalStateException("nobody asked for " + id);
        return request;
    }

    @EventSourcingHandler
    void on(AdjustmentRequested event) {
        id = stream(event.adjustment());
        request = event;
    }

    @EventSourcingHandler
    void on(AdjustmentApproved event) {
        end(AdjustmentState.APPROVED);
    }

    @EventSourcingHandler
    void on(AdjustmentRejected event) {
        end(AdjustmentState.REJECTED);
    }

    @EventSourcingHandler
    void on(AdjustmentWithdrawn event) {
        end(AdjustmentState.WITHDRAWN);
    }

    @EventSourcingHandler
    void on(AdjustmentExpired event) {
        end(AdjustmentState.EXPIRED);
    }

    private void end(AdjustmentState how) {
        if (state != AdjustmentState.PENDING) throw new IllegalStateException(id + " ended twice");
        state = how;
    }
}

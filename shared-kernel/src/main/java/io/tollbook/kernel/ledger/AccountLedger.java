package io.tollbook.kernel.ledger;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.account.AccountEvent;
import io.tollbook.kernel.account.AccountFrozen;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.AccountUnfrozen;
import io.tollbook.kernel.account.CallReopened;
import io.tollbook.kernel.account.CallResolved;
import io.tollbook.kernel.account.FundsHeld;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.HoldReleased;
import io.tollbook.kernel.account.LotExpired;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaDeducted;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.account.TokenLimited;
import io.tollbook.kernel.account.UsageSettled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of one account after some of its events, and what the next event means.
 *
 * <p>It decides nothing and forgets what no later event can need: lots that are empty and that no decision can fill again, and
 * holds that have ended. The same
 * events give the same entries wherever and whenever they are read. It believes no event: each must agree with those
 * before it, and what does not is said in the entry.
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public final class AccountLedger {
    private long grants;
    private long overdraft;
    /** By how much events say more than there is; it is told once, not again by every event after. */
    private long drift;

    private List<LotBook> lots = new ArrayList<>(2);
    private Map<String, List<LotSlice>> holds = new TreeMap<>();

    /** What the event means. Events must come in the order of their account. */
    public Entry apply(AccountEvent event) {
        Legs legs = new Legs();
        switch (event) {
            case QuotaGranted granted -> granted(granted, legs);
            case QuotaDeducted deducted -> deducted(deducted, legs);
            case FundsHeld held -> held(held, legs);
            case UsageSettled settled -> settled(settled, legs);
            case HoldReleased released -> released(released, legs);
            case LotExpired expired -> expired(expired, legs);
            case CallResolved resolved -> resolved(resolved, legs);
            case CallReopened reopened -> reopened(reopened, legs);
            case AccountOpened _, TokenLimited _, AccountFrozen _, AccountUnfrozen _ -> {
                return new Entry(List.of(), List.of(), List.of());
            }
        }
        Entry entry = legs.entry();
        lots.removeIf(LotBook::isDone);
        return entry;
    }

    private void granted(QuotaGranted event, Legs legs) {
        long amount = event.amount().units();
        long repaid = event.overdraftRepaid().units();
        if (find(event.lot()) != null) legs.fault("lot " + event.lot() + " is granted a second time");
        if (repaid > overdraft) legs.fault("it repays " + repaid + " where " + overdraft + " are owed");
        LotBook lot = LotBook.of(event, ++grants);
        lots.add(lot);
        legs.touch(lot);
        legs.quota(ChartAccount.issued(lot.lotClass()), amount, lot.id());
        legs.quota(ChartAccount.available(lot.lotClass()), -amount, lot.id());
        if (lot.price() != null) {
            String currency = lot.price().currency();
            legs.add(ChartAccount.CLEARING, currency, lot.price().nanos(), lot.id());
            legs.add(
                    ChartAccount.deferred(lot.lotClass()),
                    currency,
                    -lot.price().nanos(),
                    lot.id());
        }
        if (repaid != 0) {
            overdraft -= repaid;
            leave(lot, repaid, LotBook.Way.REPAID, legs);
            legs.quota(ChartAccount.OVERDRAFT, -repaid, null);
        }
        compare(event.available(), legs);
    }

    private void deducted(QuotaDeducted event, Legs legs) {
        for (LotSlice slice : event.burned())
            leave(lot(slice.lot(), legs), slice.amount().units(), LotBook.Way.TAKEN, legs);
        legs.quota(ChartAccount.ADJUSTMENTS, -event.amount().units(), null);
        compare(event.available(), legs);
    }

    private void held(FundsHeld event, Legs legs) {
        if (holds.put(event.hold().value(), event.slices()) != null)
            legs.fault("hold " + event.hold() + " is already open");
        long sum = sum(event.slices());
        if (sum != event.amount().units()) legs.fault("it holds " + event.amount() + ", its slices are " + sum);
        for (LotSlice slice : event.slices()) reserve(slice, 1, legs);
        compare(event.available(), legs);
    }

    private void settled(UsageSettled event, Legs legs) {
        end(event.hold(), event.held(), legs);
        for (LotSlice slice : event.burned())
            leave(lot(slice.lot(), legs), slice.amount().units(), LotBook.Way.USED, legs);
        long beyond = event.overdraft().units();
        overdraft = Math.addExact(overdraft, beyond);
        legs.quota(ChartAccount.OVERDRAFT, beyond, null);
        legs.quota(ChartAccount.CONSUMED, -event.charged().units(), null);
        compare(event.available(), legs);
    }

    private void released(HoldReleased event, Legs legs) {
        end(event.hold(), event.amount(), legs);
        compare(event.available(), legs);
    }

    private void expired(LotExpired event, Legs legs) {
        long amount = event.amount().units();
        leave(lot(event.lot(), legs), amount, LotBook.Way.EXPIRED, legs);
        legs.quota(ChartAccount.EXPIRED, -amount, event.lot());
        compare(event.available(), legs);
    }

    private void resolved(CallResolved event, Legs legs) {
        for (LotSlice slice : event.burned()) {
            LotBook lot = lot(slice.lot(), legs);
            lot.keep();
            leave(lot, slice.amount().units(), LotBook.Way.USED, legs);
        }
        legs.quota(ChartAccount.CONSUMED, -event.charged().units(), null);
        compare(event.available(), legs);
    }

    /** The mirror of what the decision had booked. */
    private void reopened(CallReopened event, Legs legs) {
        for (LotSlice slice : event.slices())
            leave(lot(slice.lot(), legs), -slice.amount().units(), LotBook.Way.USED, legs);
        legs.quota(ChartAccount.CONSUMED, event.returned().units(), null);
        compare(event.available(), legs);
    }

    private void end(HoldId hold, Quota said, Legs legs) {
        List<LotSlice> slices = holds.remove(hold.value());
        if (slices == null) {
            legs.fault("hold " + hold + " ends without being open");
            return;
        }
        long sum = sum(slices);
        if (sum != said.units()) legs.fault("it ends a hold of " + said + ", which held " + sum);
        for (LotSlice slice : slices) reserve(slice, -1, legs);
    }

    private void reserve(LotSlice slice, int direction, Legs legs) {
        LotBook lot = lot(slice.lot(), legs);
        long amount = direction * slice.amount().units();
        lot.hold(amount);
        legs.quota(ChartAccount.available(lot.lotClass()), amount, lot.id());
        legs.quota(ChartAccount.reserved(lot.lotClass()), -amount, lot.id());
    }

    private static void leave(LotBook lot, long amount, LotBook.Way way, Legs legs) {
        legs.quota(ChartAccount.available(lot.lotClass()), amount, lot.id());
        long slice = lot.leave(amount, way);
        if (lot.price() == null || slice == 0) return;
        String currency = lot.price().currency();
        legs.add(ChartAccount.deferred(lot.lotClass()), currency, slice, lot.id());
        ChartAccount income = switch (way) {
            case REPAID, USED -> ChartAccount.income(lot.lotClass());
            case EXPIRED, TAKEN -> ChartAccount.BREAKAGE;
        };
        legs.add(income, currency, -slice, lot.id());
    }

    private LotBook lot(LotId id, Legs legs) {
        LotBook lot = find(id);
        if (lot == null) {
            legs.fault("there is no lot " + id);
            lot = LotBook.unknown(id);
            lots.add(lot);
        }
        legs.touch(lot);
        return lot;
    }

    private @Nullable LotBook find(LotId id) {
        for (LotBook lot : lots) if (lot.id().equals(id)) return lot;
        return null;
    }

    /** What the event says must be what the lots have, and no lot can have less than nothing. */
    private void compare(Quota said, Legs legs) {
        for (LotBook lot : legs.touched()) if (lot.becameOverdrawn()) legs.fault("lot " + lot.id() + " is overdrawn");
        long available = 0;
        for (LotBook lot : lots) available = Math.addExact(available, lot.available());
        long apart = Math.subtractExact(said.units(), available);
        if (apart != drift) legs.fault("it says " + said + " are available, the lots have " + available);
        drift = apart;
    }

    private static long sum(List<LotSlice> slices) {
        long sum = 0;
        for (LotSlice slice : slices) sum = Math.addExact(sum, slice.amount().units());
        return sum;
    }

    /** Lots that still have something. */
    public Collection<LotBook> lots() {
        return Collections.unmodifiableList(lots);
    }

    /** What is owed. */
    public long overdraft() {
        return overdraft;
    }

    /** Set aside by open holds. */
    public long held() {
        long sum = 0;
        for (List<LotSlice> slices : holds.values()) sum = Math.addExact(sum, sum(slices));
        return sum;
    }

    /** What one of the holder's own accounts stands at; debits are positive. */
    public long balance(ChartAccount account) {
        if (account == ChartAccount.OVERDRAFT) return overdraft;
        long sum = 0;
        for (LotBook lot : lots) {
            if (ChartAccount.available(lot.lotClass()) == account) sum = Math.subtractExact(sum, lot.available());
            if (ChartAccount.reserved(lot.lotClass()) == account) sum = Math.subtractExact(sum, lot.held());
        }
        return sum;
    }
}

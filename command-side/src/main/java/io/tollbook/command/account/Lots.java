package io.tollbook.command.account;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.LotSlice;
import io.tollbook.kernel.account.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The lots of one account in burn order, and their sum. Spent lots are dropped. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class Lots {
    private List<Lot> lots = new ArrayList<>();
    private Quota available = Quota.ZERO;

    /** What is not held, expired lots that nobody has swept yet included. */
    Quota available() {
        return available;
    }

    /** What a hold may use at this moment. */
    Quota spendable(Instant moment) {
        Quota sum = available;
        for (Lot lot : lots) if (lot.hasExpiredBy(moment)) sum = sum.minus(lot.available());
        return sum;
    }

    /** Which lots an amount would come from. The caller has checked that they cover it. */
    List<LotSlice> slicesFor(Quota amount, Instant moment) {
        Quota missing = amount;
        List<LotSlice> slices = new ArrayList<>(1);
        for (Lot lot : lots) {
            if (missing.isZero()) break;
            if (lot.hasExpiredBy(moment) || lot.available().isZero()) continue;
            Quota part = lot.available().min(missing);
            slices.add(new LotSlice(lot.id(), part));
            missing = missing.minus(part);
        }
        if (!missing.isZero()) throw new IllegalStateException(missing + " more was asked for than the lots have");
        return List.copyOf(slices);
    }

    void add(Lot lot) {
        if (lot.isSpent()) return;
        int at = 0;
        while (at < lots.size() && Lot.BURN_ORDER.compare(lots.get(at), lot) <= 0) at++;
        lots.add(at, lot);
        available = available.plus(lot.available());
    }

    void hold(List<LotSlice> slices) {
        for (LotSlice slice : slices) change(slice.lot(), negative(slice.amount()), slice.amount());
    }

    /** Makes held slices available again, also in lots that have expired meanwhile. */
    void release(List<LotSlice> slices) {
        for (LotSlice slice : slices) change(slice.lot(), slice.amount(), negative(slice.amount()));
    }

    void burn(List<LotSlice> slices) {
        for (LotSlice slice : slices) change(slice.lot(), negative(slice.amount()), Quota.ZERO);
        lots.removeIf(Lot::isSpent);
    }

    /** What slices are part of, each with no more than its slice, for {@link #restore} to put back. */
    List<Lot> partsOf(List<LotSlice> slices) {
        return slices.stream()
                .map(slice -> lots.stream()
                        .filter(lot -> lot.id().equals(slice.lot()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("there is no lot " + slice.lot()))
                        .partOf(slice.amount()))
                .toList();
    }

    /** Puts back what was burned, also into a lot that was spent and dropped, or has expired meanwhile. */
    void restore(Lot part) {
        if (lots.stream().anyMatch(lot -> lot.id().equals(part.id()))) change(part.id(), part.available(), Quota.ZERO);
        else add(part);
    }

    List<Lot> expiredBy(Instant moment) {
        return lots.stream()
                .filter(lot -> lot.hasExpiredBy(moment) && lot.available().isPositive())
                .toList();
    }

    private void change(LotId id, Quota toAvailable, Quota toHeld) {
        for (int i = 0; i < lots.size(); i++) {
            if (!lots.get(i).id().equals(id)) continue;
            lots.set(i, lots.get(i).changed(toAvailable, toHeld));
            available = available.plus(toAvailable);
            return;
        }
        throw new IllegalStateException("there is no lot " + id);
    }

    private static Quota negative(Quota amount) {
        return Quota.ZERO.minus(amount);
    }
}

package io.tollbook.command.account;

import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One grant and what is left of it.
 *
 * @param order the how-manieth grant of the account it was
 * @param available what can be spent
 * @param held what open holds have set aside
 */
record Lot(
        LotId id,
        LotClass lotClass,
        int priority,
        @Nullable Instant expiresAt,
        long order,
        Quota available,
        Quota held) {
    /** The order in which lots burn: priority, what expires first, gifts before paid quota, older before newer. */
    static final Comparator<Lot> BURN_ORDER = Comparator.comparingInt(Lot::priority)
            .thenComparing(Lot::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(lot -> lot.lotClass == LotClass.PAID)
            .thenComparingLong(Lot::order);

    Lot {
        if (available.isNegative()) throw new IllegalStateException("lot " + id + " was overdrawn");
        if (held.isNegative()) throw new IllegalStateException("lot " + id + " holds less than nothing");
    }

    /** Moves quota into the lot, or out of it, and into or out of what is held. */
    Lot changed(Quota toAvailable, Quota toHeld) {
        return new Lot(id, lotClass, priority, expiresAt, order, available.plus(toAvailable), held.plus(toHeld));
    }

    Lot partOf(Quota amount) {
        return new Lot(id, lotClass, priority, expiresAt, order, amount, Quota.ZERO);
    }

    boolean hasExpiredBy(Instant moment) {
        return expiresAt != null && !expiresAt.isAfter(moment);
    }

    boolean isSpent() {
        return available.isZero() && held.isZero();
    }
}

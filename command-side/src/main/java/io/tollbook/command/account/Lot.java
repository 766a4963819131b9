package io.tollbook.command.account;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One grant and what is left of it: available, or set aside by open holds. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class Lot {
    /** The order in which lots burn: priority, what expires first, gifts before paid quota, older before newer. */
    static final Comparator<Lot> BURN_ORDER = Comparator.comparingInt((Lot lot) -> lot.priority)
            .thenComparing(lot -> lot.expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(lot -> lot.lotClass == LotClass.PAID)
            .thenComparingLong(lot -> lot.order);

    LotId id;
    LotClass lotClass;
    int priority;

    @Nullable
    Instant expiresAt;

    long order;
    Quota available;
    Quota held = Quota.ZERO;

    /** For snapshots. */
    @SuppressWarnings({"unused", "NullAway"})
    private Lot() {}

    Lot(LotId id, LotClass lotClass, int priority, @Nullable Instant expiresAt, long order, Quota available) {
        this.id = id;
        this.lotClass = lotClass;
        this.priority = priority;
        this.expiresAt = expiresAt;
        this.order = order;
        this.available = available;
    }

    boolean hasExpiredBy(Instant moment) {
        return expiresAt != null && !expiresAt.isAfter(moment);
    }

    boolean isSpent() {
        return available.isZero() && held.isZero();
    }
}

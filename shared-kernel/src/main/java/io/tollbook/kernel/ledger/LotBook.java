package io.tollbook.kernel.ledger;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.QuotaGranted;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One lot and where all of its quota went: {@code granted = repaid + used + expired + taken + available + held}, at any
 * time. Its price follows the quota that leaves it: what has left of {@code granted} took the same part of the price with
 * it, rounded down, so a lot that is empty has given up its price to the last nano and none before its time.
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public final class LotBook {
    private final LotId id;
    private final LotClass lotClass;
    private final long granted;
    private final @Nullable Money price;
    private final int priority;
    private final @Nullable Instant expiresAt;
    private final long order;
    private final String cause;
    private final Instant grantedAt;
    private long repaid;
    private long used;
    private long expired;
    private long taken;
    private long available;
    private long held;
    private long released;
    private boolean overdrawn;
    private boolean kept;

    /** How quota leaves a lot for good. */
    enum Way {
        /** Paid an overdraft when it was granted. */
        REPAID,
        USED,
        EXPIRED,
        /** An administrator took it. */
        TAKEN
    }

    @JsonCreator
    private LotBook(
            @JsonProperty("id") LotId id,
            @JsonProperty("lotClass") LotClass lotClass,
            @JsonProperty("granted") long granted,
            @JsonProperty("price") @Nullable Money price,
            @JsonProperty("priority") int priority,
            @JsonProperty("expiresAt") @Nullable Instant expiresAt,
            @JsonProperty("order") long order,
            @JsonProperty("cause") String cause,
            @JsonProperty("grantedAt") Instant grantedAt) {
        this.id = id;
        this.lotClass = lotClass;
        this.granted = granted;
        this.price = price;
        this.priority = priority;
        this.expiresAt = expiresAt;
        this.order = order;
        this.cause = cause;
        this.grantedAt = grantedAt;
    }

    /** @param order the how-manieth grant of the account it is */
    static LotBook of(QuotaGranted event, long order) {
        LotBook lot = new LotBook(
                event.lot(),
                event.lotClass(),
                event.amount().units(),
                event.pricePaid(),
                event.priority(),
                event.expiresAt(),
                order,
                event.cause(),
                event.at());
        lot.available = lot.granted;
        return lot;
    }

    /** Something that an event names and no grant made. */
    static LotBook unknown(LotId id) {
        return new LotBook(id, LotClass.COMPENSATION, 0, null, 0, null, Long.MAX_VALUE, "", Instant.EPOCH);
    }

    void hold(long amount) {
        available = Math.subtractExact(available, amount);
        held = Math.addExact(held, amount);
    }

    /**
     * Takes available quota out for good, and answers how much of the price goes with it, in nanos.
     *
     * @param amount below zero where quota comes back; its part of the price comes back with it
     */
    long leave(long amount, Way way) {
        available = Math.subtractExact(available, amount);
        switch (way) {
            case REPAID -> repaid = Math.addExact(repaid, amount);
            case USED -> used = Math.addExact(used, amount);
            case EXPIRED -> expired = Math.addExact(expired, amount);
            case TAKEN -> taken = Math.addExact(taken, amount);
        }
        if (price == null || granted <= 0) return 0;
        long due = BigInteger.valueOf(price.nanos())
                .multiply(BigInteger.valueOf(gone()))
                .divide(BigInteger.valueOf(granted))
                .longValueExact();
        // An event that takes more out than was granted is a fault; it must not take more than the price as well.
        long slice = Math.min(due, price.nanos()) - released;
        if (amount > 0) slice = Math.max(0, slice);
        released += slice;
        return slice;
    }

    /** What has left it for good. */
    private long gone() {
        return Math.addExact(Math.addExact(repaid, used), Math.addExact(expired, taken));
    }

    /** A decision about a call burned it, and may be taken back when it is long empty. */
    void keep() {
        kept = true;
    }

    /** Whether no later event can need it. */
    boolean isDone() {
        return available == 0 && held == 0 && !kept;
    }

    /** Whether it has just fallen below nothing; it is told once. */
    boolean becameOverdrawn() {
        boolean before = overdrawn;
        overdrawn = available < 0 || held < 0;
        return overdrawn && !before;
    }

    public LotId id() {
        return id;
    }

    public LotClass lotClass() {
        return lotClass;
    }

    public long granted() {
        return granted;
    }

    public @Nullable Money price() {
        return price;
    }

    public int priority() {
        return priority;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    public long order() {
        return order;
    }

    public String cause() {
        return cause;
    }

    public Instant grantedAt() {
        return grantedAt;
    }

    public long repaid() {
        return repaid;
    }

    public long used() {
        return used;
    }

    public long expired() {
        return expired;
    }

    public long taken() {
        return taken;
    }

    public long available() {
        return available;
    }

    public long held() {
        return held;
    }

    /** How much of the price is no longer deferred, in nanos. */
    public long released() {
        return released;
    }
}

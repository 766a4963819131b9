package io.tollbook.kernel.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;

/** An amount of quota: a signed whole number of units. 500,000 units are 1 USD of list price. Arithmetic never wraps. */
public record Quota(@JsonValue long units) implements Comparable<Quota> {
    public static final Quota ZERO = new Quota(0);
    /** 500,000 units = 1 USD. */
    public static final long UNITS_PER_USD = 500_000;
    /** Billionths of a US dollar in a unit, at list price. */
    public static final long NANO_USD = 1_000_000_000L / UNITS_PER_USD;
    /** The most that one grant, limit or adjustment may be: 10^9 USD. */
    public static final Quota MAX = new Quota(1_000_000_000L * UNITS_PER_USD);

    @JsonCreator
    public Quota {}

    public static Quota of(long units) {
        return units == 0 ? ZERO : new Quota(units);
    }

    public Quota plus(Quota other) {
        return of(Math.addExact(units, other.units));
    }

    public Quota minus(Quota other) {
        return of(Math.subtractExact(units, other.units));
    }

    public Quota min(Quota other) {
        return units <= other.units ? this : other;
    }

    public boolean isNegative() {
        return units < 0;
    }

    public boolean isPositive() {
        return units > 0;
    }

    public boolean isZero() {
        return units == 0;
    }

    public boolean covers(Quota other) {
        return units >= other.units;
    }

    /** The amount, if it lies in 0 … {@link #MAX}; else a refusal that names the field. */
    public Quota checked(String field) {
        if (isNegative() || compareTo(MAX) > 0)
            throw Refused.invalid("The " + field + " must lie between 0 and " + MAX.units + " quota.");
        return this;
    }

    @Override
    public int compareTo(Quota other) {
        return Long.compare(units, other.units);
    }

    @Override
    public String toString() {
        return Long.toString(units);
    }
}

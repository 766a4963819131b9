package io.tollbook.kernel.pricing.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact number, in lowest terms. A price that divides by three has no decimal.
 *
 * @param below always positive
 */
public record Fraction(BigInteger above, BigInteger below) implements Comparable<Fraction> {
    public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);
    public static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

    private static final int SHOWN_DECIMALS = 12;

    public Fraction {
        if (below.signum() == 0) throw new ArithmeticException("a fraction of nothing");
        BigInteger divisor = above.gcd(below);
        if (below.signum() < 0) divisor = divisor.negate();
        above = above.divide(divisor);
        below = below.divide(divisor);
    }

    public static Fraction of(long number) {
        return new Fraction(BigInteger.valueOf(number), BigInteger.ONE);
    }

    public static Fraction of(BigDecimal number) {
        return number.scale() <= 0
                ? new Fraction(number.toBigIntegerExact(), BigInteger.ONE)
                : new Fraction(number.unscaledValue(), BigInteger.TEN.pow(number.scale()));
    }

    public Fraction plus(Fraction other) {
        if (other.signum() == 0) return this;
        if (signum() == 0) return other;
        return new Fraction(above.multiply(other.below).add(other.above.multiply(below)), below.multiply(other.below));
    }

    public Fraction minus(Fraction other) {
        return plus(other.negated());
    }

    public Fraction times(Fraction other) {
        if (signum() == 0 || other.signum() == 0) return ZERO;
        return new Fraction(above.multiply(other.above), below.multiply(other.below));
    }

    /** @throws ArithmeticException if the other is zero */
    public Fraction dividedBy(Fraction other) {
        return new Fraction(above.multiply(other.below), below.multiply(other.above));
    }

    public Fraction negated() {
        return new Fraction(above.negate(), below);
    }

    public int signum() {
        return above.signum();
    }

    public Fraction max(Fraction other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public Fraction min(Fraction other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public BigDecimal rounded(RoundingMode mode) {
        return rounded(0, mode);
    }

    private BigDecimal rounded(int decimals, RoundingMode mode) {
        return new BigDecimal(above).divide(new BigDecimal(below), decimals, mode);
    }

    /** For people: exact where twelve decimals suffice. */
    public BigDecimal shown() {
        BigDecimal shown = rounded(SHOWN_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return shown.scale() < 0 ? shown.setScale(0) : shown;
    }

    @Override
    public int compareTo(Fraction other) {
        return above.multiply(other.below).compareTo(other.above.multiply(below));
    }

    @Override
    public String toString() {
        return below.equals(BigInteger.ONE) ? above.toString() : above + "/" + below;
    }
}

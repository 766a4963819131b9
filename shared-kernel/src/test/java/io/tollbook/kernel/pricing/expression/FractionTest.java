package io.tollbook.kernel.pricing.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class FractionTest {
    private static final Fraction THIRD = Fraction.ONE.dividedBy(Fraction.of(3));

    /** Bounds are mostly made of zeros: sums and products with them must not cost a greatest common divisor. */
    @Test
    void zeroIsAddedAndMultipliedWithoutWork() {
        assertThat(THIRD.plus(Fraction.ZERO)).isSameAs(THIRD);
        assertThat(Fraction.ZERO.plus(THIRD)).isSameAs(THIRD);
        assertThat(THIRD.minus(Fraction.ZERO)).isSameAs(THIRD);
        assertThat(THIRD.times(Fraction.ZERO)).isSameAs(Fraction.ZERO);
        assertThat(Fraction.ZERO.times(THIRD)).isSameAs(Fraction.ZERO);
    }

    @Test
    void othersAreInLowestTerms() {
        assertThat(THIRD.plus(THIRD)).isEqualTo(new Fraction(BigInteger.TWO, BigInteger.valueOf(3)));
        assertThat(THIRD.times(Fraction.of(3))).isEqualTo(Fraction.ONE);
    }
}

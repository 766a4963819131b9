package io.tollbook.console.pricing;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The two ways to say a price: a ratio, or US dollars a million tokens. A ratio of 1 is 2 dollars. */
final class Rates {
    static final BigDecimal USD_PER_MILLION = BigDecimal.TWO;
    private static final int SCALE = 12;

    private Rates() {}

    static BigDecimal usd(BigDecimal ratio) {
        return plain(ratio.multiply(USD_PER_MILLION));
    }

    static BigDecimal ratio(BigDecimal usd) {
        return over(usd, USD_PER_MILLION);
    }

    /** A quotient with at most 12 decimals, which is what a ratio may have. */
    static BigDecimal over(BigDecimal dividend, BigDecimal divisor) {
        if (divisor.signum() == 0) throw Refused.invalid("Set the input price first: the others are told by it.");
        return plain(dividend.divide(divisor, SCALE, RoundingMode.HALF_UP));
    }

    /** Without trailing zeros, and never as a power of ten. */
    static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}

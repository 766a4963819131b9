package io.tollbook.kernel.statistics;

import io.tollbook.kernel.account.Quota;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What calls earned and what they cost.
 *
 * @param calls those that were charged
 * @param revenue what they were charged, at list price
 * @param costNanoUsd of all their attempts and those of failed calls, as far as it is known; billionths of a US dollar
 * @param unknownCalls calls, charged or failed, of which some attempt's cost is not known
 * @param unknownRevenue what these were charged
 */
public record Margin(long calls, Quota revenue, long costNanoUsd, long unknownCalls, Quota unknownRevenue) {
    public static final Margin NONE = new Margin(0, Quota.ZERO, 0, 0, Quota.ZERO);

    /** Charges of calls whose cost is known. */
    public Quota knownRevenue() {
        return revenue.minus(unknownRevenue);
    }

    /** What is left of them; billionths of a US dollar. Calls of unknown cost would only flatter it and are left out. */
    public long nanoUsd() {
        return Math.subtractExact(Math.multiplyExact(knownRevenue().units(), Quota.NANO_USD), costNanoUsd);
    }

    /** The margin as a part of the revenue, in percent, rounded to one decimal; null where there is no revenue. */
    public @Nullable BigDecimal percent() {
        if (!knownRevenue().isPositive()) return null;
        return BigDecimal.valueOf(nanoUsd())
                .movePointRight(2)
                .divide(
                        BigDecimal.valueOf(knownRevenue().units()).multiply(BigDecimal.valueOf(Quota.NANO_USD)),
                        1,
                        RoundingMode.HALF_UP);
    }

    /** Whether less than this many percent of the revenue is left; always where there is a cost and no revenue. */
    public boolean isBelow(BigDecimal percent) {
        BigDecimal wanted = BigDecimal.valueOf(knownRevenue().units())
                .multiply(BigDecimal.valueOf(Quota.NANO_USD))
                .multiply(percent)
                .movePointLeft(2);
        return BigDecimal.valueOf(nanoUsd()).compareTo(wanted) < 0;
    }
}

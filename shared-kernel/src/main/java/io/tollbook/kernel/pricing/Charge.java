package io.tollbook.kernel.pricing;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.pricing.expression.Fraction;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs, and why: the lines sum up to the list price, the group's ratio makes it exact, and one rounding makes
 * it the result.
 *
 * @param tier the dearer price that applied to a long prompt, or the one a formula named; null if none
 * @param list quota before the group's ratio
 * @param exact quota before rounding
 */
public record Charge(
        List<Line> lines,
        @Nullable String tier,
        Fraction list,
        BigDecimal groupRatio,
        Fraction exact,
        Rounding rounding,
        Quota result) {
    /** What a line is for. */
    public enum Subject {
        /** Tokens of one meter. */
        TOKENS,
        CALL,
        SECONDS,
        PICTURES,
        /** A formula over all the counts. */
        FORMULA,
        /** Uses of a tool. */
        TOOL
    }

    /**
     * @param meter null for a call and for a formula
     * @param price quota for one, at list price
     * @param amount quota
     */
    public record Line(Subject subject, @Nullable Meter meter, long count, BigDecimal price, Fraction amount) {}

    public Charge {
        lines = List.copyOf(lines);
    }
}

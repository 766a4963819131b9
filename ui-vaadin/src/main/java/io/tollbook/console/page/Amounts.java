package io.tollbook.console.page;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Quota as people read and write it: exact US dollars of list price. */
public final class Amounts {
    private static final BigDecimal UNITS_PER_USD = BigDecimal.valueOf(Quota.UNITS_PER_USD);

    private Amounts() {}

    /** Exact, with 2 to 6 decimals: {@code $1,234.50}, {@code -$0.000002}. */
    public static String usd(Quota quota) {
        return sign(quota) + "$" + format("#,##0.00####").format(dollars(quota).abs());
    }

    /** Exact, always with 6 decimals, so that columns line up. */
    public static String usdInColumn(Quota quota) {
        return sign(quota) + "$" + format("#,##0.000000").format(dollars(quota).abs());
    }

    /** With the sign of a change: {@code +$1.00}. */
    public static String change(Quota quota) {
        return (quota.isPositive() ? "+" : "") + usdInColumn(quota);
    }

    /** Exact, with 2 to 9 decimals, as costs are. */
    public static String nanoUsd(long nanoUsd) {
        BigDecimal dollars = BigDecimal.valueOf(nanoUsd, Money.SCALE);
        return (nanoUsd < 0 ? "-" : "") + "$" + format("#,##0.00#######").format(dollars.abs());
    }

    /** The amount in dollars, without losing anything. */
    public static BigDecimal dollars(Quota quota) {
        return BigDecimal.valueOf(quota.units()).divide(UNITS_PER_USD, 6, RoundingMode.UNNECESSARY);
    }

    /** @throws Refused if the amount is no whole number of quota */
    public static Quota quota(BigDecimal dollars) {
        try {
            return Quota.of(dollars.multiply(UNITS_PER_USD).longValueExact());
        } catch (ArithmeticException e) {
            throw Refused.invalid("An amount is a multiple of $0.000002, at most $1,000,000,000.");
        }
    }

    /** {@code 1,234,567}. */
    public static String number(long number) {
        return format("#,##0").format(number);
    }

    /** A ratio or price as it is, without trailing zeros. */
    public static String decimal(BigDecimal number) {
        return format("#,##0.############").format(number);
    }

    private static BigDecimal dollarsOf(long units) {
        return dollars(Quota.of(units));
    }

    /** Short, for charts' axes and tight places: {@code $1.2k}. Never where an amount must be exact. */
    public static String about(Quota quota) {
        BigDecimal dollars = dollarsOf(quota.units());
        if (dollars.abs().compareTo(BigDecimal.valueOf(1_000)) < 0)
            return sign(quota) + "$" + format("0.00").format(dollars.abs());
        return sign(quota) + "$" + format("#,##0.0").format(dollars.abs().movePointLeft(3)) + "k";
    }

    private static String sign(Quota quota) {
        return quota.isNegative() ? "-" : "";
    }

    private static DecimalFormat format(String pattern) {
        DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format;
    }
}

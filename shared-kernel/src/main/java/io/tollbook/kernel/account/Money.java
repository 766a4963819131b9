package io.tollbook.kernel.account;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * An exact sum of money: a whole number of nano-units (10⁻⁹) of a currency.
 *
 * @param currency its ISO 4217 code
 */
public record Money(long nanos, String currency) {
    /** Digits after the point. */
    public static final int SCALE = 9;

    /** More digits before the point than nine decimals leave room for in 64 bits. */
    private static final int WHOLE_DIGITS_MAX = 10;

    private static final int DECIMALS_MAX = 100;
    private static final String NO_AMOUNT = "The price paid is no amount that can be paid.";
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

    public Money {
        if (!CODE.matcher(currency).matches())
            throw Refused.invalid("A currency is an ISO code of three capital letters, like USD.");
    }

    /** @throws Refused if there is no such currency, or the amount is none that can be paid in it */
    public static Money paid(BigDecimal amount, String currency) {
        // 1e100000000 is short to write and would take all memory to work with.
        if ((long) amount.precision() - amount.scale() > WHOLE_DIGITS_MAX || amount.scale() > DECIMALS_MAX)
            throw Refused.invalid(NO_AMOUNT);
        try {
            return new Money(amount.movePointRight(SCALE).longValueExact(), currency).checkedPayment();
        } catch (ArithmeticException e) {
            throw Refused.invalid(NO_AMOUNT);
        }
    }

    /** The sum, if somebody can have paid it: above zero and a whole number of the currency's smallest coins. */
    Money checkedPayment() {
        int digits;
        try {
            digits = Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("There is no currency " + currency + ".");
        }
        if (digits < 0) throw Refused.invalid("Nothing can be paid in " + currency + ".");
        if (nanos <= 0) throw Refused.invalid("The price paid must be above 0; leave it out for a gift.");
        BigDecimal coins = decimal().movePointRight(digits);
        if (coins.stripTrailingZeros().scale() > 0)
            throw Refused.invalid("A price paid in " + currency + " has at most " + digits + " decimals.");
        return this;
    }

    /** In main units, with all nine decimals. */
    public BigDecimal decimal() {
        return BigDecimal.valueOf(nanos, SCALE);
    }

    @Override
    public String toString() {
        return decimal().stripTrailingZeros().toPlainString() + " " + currency;
    }
}

package io.tollbook.console.ledger;

import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.ledger.Posting;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** What the ledger calls things, for people. */
public final class LotWords {
    private LotWords() {}

    public static String name(LotClass lotClass) {
        return switch (lotClass) {
            case PAID -> "Paid";
            case PROMO -> "Gift";
            case SUBSCRIPTION -> "Subscription";
            case COMPENSATION -> "Compensation";
        };
    }

    public static String money(Money money) {
        return amount(money.currency(), BigInteger.valueOf(money.nanos()));
    }

    /** Exact: {@code 5,000,000 QUOTA}, {@code 10.00 USD}, {@code 0.01868 USD}. */
    static String amount(String commodity, BigInteger amount) {
        BigDecimal decimal = Posting.decimal(commodity, amount);
        DecimalFormat format = new DecimalFormat(
                commodity.equals(Posting.QUOTA) ? "#,##0" : "#,##0.00#######",
                DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(decimal) + " " + commodity;
    }
}

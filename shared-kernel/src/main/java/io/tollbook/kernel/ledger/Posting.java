package io.tollbook.kernel.ledger;

import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One leg of an entry.
 *
 * @param commodity {@link #QUOTA} or an ISO currency
 * @param amount debit above zero, credit below; in quota, or in nano-units of the currency; never zero
 * @param lot whose quota or price it moves; null where it is nobody's
 */
public record Posting(
        ChartAccount account,
        String commodity,
        long amount,
        @Nullable LotId lot) {
    public static final String QUOTA = "QUOTA";

    /** The amount in main units of its commodity: whole quota, or money with nine decimals. */
    public BigDecimal decimal() {
        return decimal(commodity, BigInteger.valueOf(amount));
    }

    public static BigDecimal decimal(String commodity, BigInteger amount) {
        return new BigDecimal(amount, commodity.equals(QUOTA) ? 0 : Money.SCALE);
    }
}

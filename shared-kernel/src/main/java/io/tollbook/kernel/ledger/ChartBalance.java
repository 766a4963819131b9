package io.tollbook.kernel.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * What an account of the chart stands at, all holders together.
 *
 * @param balance debit above zero, credit below; in quota, or in nano-units of the currency
 */
public record ChartBalance(ChartAccount account, String commodity, BigInteger balance) {
    public BigDecimal decimal() {
        return Posting.decimal(commodity, balance);
    }
}

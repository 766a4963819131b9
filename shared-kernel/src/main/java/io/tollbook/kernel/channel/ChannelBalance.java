package io.tollbook.kernel.channel;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import java.math.BigDecimal;

/**
 * What a provider says is left of an account of ours.
 *
 * @param amount exactly as it says; may be below zero
 * @param currency the ISO code of what it counts in
 */
public record ChannelBalance(BigDecimal amount, String currency) {
    private static final BigDecimal MOST = BigDecimal.TEN.pow(15);
    private static final int DECIMALS_MAX = 18;

    public ChannelBalance {
        amount = amount.stripTrailingZeros();
        if (amount.abs().compareTo(MOST) > 0 || amount.scale() > DECIMALS_MAX)
            throw new Refused(Refusal.PROVIDER_FAILED, "The provider tells a balance that cannot be.");
        if (amount.scale() < 0) amount = amount.setScale(0);
        if (!currency.matches("[A-Z]{3}"))
            throw new Refused(Refusal.PROVIDER_FAILED, "The provider tells its balance in no currency that is known.");
    }

    public boolean isUsedUp() {
        return amount.signum() <= 0;
    }
}

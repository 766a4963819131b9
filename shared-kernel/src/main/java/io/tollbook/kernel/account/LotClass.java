package io.tollbook.kernel.account;

import io.tollbook.kernel.Refused;
import org.jspecify.annotations.Nullable;

/** Where the quota of a lot comes from; it never changes, so gifts never become refundable cash. */
public enum LotClass {
    PAID,
    PROMO,
    SUBSCRIPTION,
    COMPENSATION;

    /** @throws Refused if such quota is never sold */
    void checkPrice(@Nullable Money pricePaid) {
        if (pricePaid == null) return;
        if (this != PAID && this != SUBSCRIPTION)
            throw Refused.invalid("Only paid and subscription quota has a price paid.");
        pricePaid.checkedPayment();
    }
}

package io.tollbook.kernel.log;

import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Money;
import io.tollbook.kernel.account.Quota;
import org.jspecify.annotations.Nullable;

/**
 * What a lot paid of a charge, and where that lot comes from.
 *
 * @param lotClass null while the ledger has not yet read of the lot
 * @param price what was paid for all of the lot; null for a gift
 * @param granted all of the lot
 * @param cause why the lot was granted
 * @param amount what it paid of this charge
 */
public record PaidFrom(
        LotId lot, @Nullable LotClass lotClass, @Nullable Money price, Quota granted, String cause, Quota amount) {}

package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import java.time.Instant;
import java.util.List;

/** An administrator took quota away. */
@EventName("account.quota-deducted")
public record QuotaDeducted(
        AccountId account, LotId adjustment, Quota amount, List<LotSlice> burned, Quota available, Instant at)
        implements AccountEvent {}

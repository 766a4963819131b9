package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import java.time.Instant;

/** What was left in a lot is gone. */
@EventName("account.lot-expired")
public record LotExpired(AccountId account, LotId lot, Quota amount, Quota available, Instant at)
        implements AccountEvent {}

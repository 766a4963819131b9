package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/** Nobody decided about a change of quota in time. */
@EventName("adjustment.expired")
public record AdjustmentExpired(LotId adjustment, AccountId account, UserId requestedBy, Instant at)
        implements AdjustmentEvent {}

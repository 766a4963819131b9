package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/** Whoever had asked for a change of quota took that back. */
@EventName("adjustment.withdrawn")
public record AdjustmentWithdrawn(LotId adjustment, AccountId account, UserId requestedBy, Instant at)
        implements AdjustmentEvent {}

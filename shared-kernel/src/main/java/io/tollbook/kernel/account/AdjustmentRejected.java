package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/** A second administrator said no to a change of quota; who and why stand in the metadata. */
@EventName("adjustment.rejected")
public record AdjustmentRejected(LotId adjustment, AccountId account, UserId requestedBy, Instant at)
        implements AdjustmentEvent {}

package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/**
 * A second administrator let a change of quota take effect; who, stands in the metadata.
 *
 * @param before the balance that it changed
 * @param after the balance that it left
 */
@EventName("adjustment.approved")
public record AdjustmentApproved(
        LotId adjustment, AccountId account, UserId requestedBy, Quota before, Quota after, Instant at)
        implements AdjustmentEvent {}

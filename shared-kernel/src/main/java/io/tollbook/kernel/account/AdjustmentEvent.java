package io.tollbook.kernel.account;

import io.tollbook.kernel.Event;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/**
 * What happens to a change of quota by hand where one person may not do all alone. None of it moves any: one that was made
 * alone or approved does so by an event of the account beside it.
 */
public sealed interface AdjustmentEvent extends Event
        permits AdjustmentMadeAlone,
                AdjustmentRequested,
                AdjustmentApproved,
                AdjustmentRejected,
                AdjustmentWithdrawn,
                AdjustmentExpired {
    LotId adjustment();

    AccountId account();

    UserId requestedBy();

    Instant at();
}

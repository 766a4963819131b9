package io.tollbook.kernel.account;

import io.tollbook.kernel.Event;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/**
 * What happens to a change of quota that needs a second person. None of it moves any: an approved one does so by an event of
 * the account beside it.
 */
public sealed interface AdjustmentEvent extends Event
        permits AdjustmentRequested, AdjustmentApproved, AdjustmentRejected, AdjustmentWithdrawn, AdjustmentExpired {
    LotId adjustment();

    AccountId account();

    UserId requestedBy();

    Instant at();
}

package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/**
 * An administrator changed a balance without a second person, while the site limits how much one may so change in a day.
 *
 * @param adjustment the lot that it made, and its name
 * @param requestedBy who changed it
 * @param change below zero where it took
 */
@EventName("adjustment.made-alone")
public record AdjustmentMadeAlone(LotId adjustment, AccountId account, UserId requestedBy, Quota change, Instant at)
        implements AdjustmentEvent {}

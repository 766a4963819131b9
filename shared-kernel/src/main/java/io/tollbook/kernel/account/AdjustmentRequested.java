package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.Reason;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An administrator asked for a change of quota that one person may not make alone.
 *
 * @param adjustment the lot that it will make, and its name
 * @param change what it would change, as the balance was then; below zero where it takes
 * @param available the balance then
 * @param expiresAt from when on nobody may approve it
 */
@EventName("adjustment.requested")
public record AdjustmentRequested(
        LotId adjustment,
        AccountId account,
        AdjustQuota.Mode mode,
        Quota value,
        LotClass lotClass,
        @Nullable Money pricePaid,
        Quota change,
        Quota available,
        UserId requestedBy,
        Reason reason,
        Instant at,
        Instant expiresAt)
        implements AdjustmentEvent {}

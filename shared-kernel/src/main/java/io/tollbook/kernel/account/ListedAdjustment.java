package io.tollbook.kernel.account;

import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of quota that needs a second person, and what became of it. Names are the present ones, empty where somebody is
 * gone.
 *
 * @param availableThen the balance when it was asked for
 * @param availableNow the balance at present
 * @param decision null while it waits
 */
public record ListedAdjustment(
        LotId adjustment,
        AccountId account,
        String username,
        AdjustQuota.Mode mode,
        Quota value,
        LotClass lotClass,
        @Nullable Money pricePaid,
        Quota change,
        Quota availableThen,
        Quota availableNow,
        UserId requestedBy,
        String requestedByName,
        String reason,
        Instant requestedAt,
        Instant expiresAt,
        AdjustmentState state,
        @Nullable Decision decision) {
    /**
     * How it ended.
     *
     * @param by the administrator's number; 0 where it expired
     * @param before the balance that an approved one changed; null for others
     * @param after the balance that it left
     */
    public record Decision(
            long by,
            String byName,
            String reason,
            Instant at,
            @Nullable Quota before,
            @Nullable Quota after) {}

    /** What the balance would be, were it approved now. */
    public Quota afterwards() {
        return switch (mode) {
            case ADD -> availableNow.plus(value);
            case SUBTRACT -> value.covers(availableNow) ? availableNow.min(Quota.ZERO) : availableNow.minus(value);
            case OVERRIDE -> value;
        };
    }
}

package io.tollbook.kernel.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change that was asked for.
 *
 * @param awaitsApprovalUntil null where it has taken effect
 */
public record Adjusted(LotId adjustment, @Nullable Instant awaitsApprovalUntil) {
    public boolean awaitsApproval() {
        return awaitsApprovalUntil != null;
    }
}

package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;

/**
 * An administrator decided about an unresolved call. Why stands in the metadata.
 *
 * @param held what the call had held before it was released
 * @param charged what the customer pays; 0 unless CHARGED
 * @param burned which lots paid, in burn order; they sum to {@code charged}
 * @param available the balance after it
 */
@EventName("account.call-resolved")
public record CallResolved(
        AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        Resolution resolution,
        Quota held,
        Quota charged,
        List<LotSlice> burned,
        Quota available,
        Instant at)
        implements AccountEvent {}

package io.tollbook.kernel.account;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;

/**
 * A decision about an unresolved call was taken back; this mirrors it. Why stands in the metadata.
 *
 * @param resolution what had been decided
 * @param returned what the customer gets back; 0 unless it had been CHARGED
 * @param slices the lots that had paid and have it again; they sum to {@code returned}
 * @param available the balance after it
 */
@EventName("account.call-reopened")
public record CallReopened(
        AccountId account,
        HoldId hold,
        UserId user,
        TokenId token,
        String model,
        Resolution resolution,
        Quota returned,
        List<LotSlice> slices,
        Quota available,
        Instant at)
        implements AccountEvent {}

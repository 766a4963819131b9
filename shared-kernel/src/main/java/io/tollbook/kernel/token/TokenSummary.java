package io.tollbook.kernel.token;

import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as lists show it, without its secret.
 *
 * @param hint first and last four characters
 * @param terms as last set; {@code remaining} in it is what may still be spent now
 * @param used quota charged through it so far
 */
public record TokenSummary(
        TokenId id,
        UserId owner,
        String hint,
        TokenTerms terms,
        TokenStatus status,
        Quota used,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}

package io.tollbook.kernel.token;

import io.tollbook.kernel.EventName;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/**
 * @param fingerprint the key's HMAC, for finding it
 * @param key the key itself, for showing it again
 * @param hint its first and last four characters
 */
@EventName("token.created")
public record TokenCreated(
        TokenId token, UserId owner, String fingerprint, Sealed key, String hint, TokenTerms terms, Instant at)
        implements TokenEvent {}

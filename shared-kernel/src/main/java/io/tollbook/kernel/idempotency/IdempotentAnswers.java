package io.tollbook.kernel.idempotency;

import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;

/**
 * Answers by the keys of their requests, durable and for all nodes. They are sealed with their user's key and kept for a day;
 * no answer ever enters an event.
 */
public interface IdempotentAnswers {
    /**
     * Takes the key for a request, or says who has it.
     *
     * @param request a fingerprint of all that makes the request what it is
     * @param call who takes it
     * @param leaseEnd when a call that was never heard of again has lost it
     */
    Claim claim(UserId user, TokenId token, String key, String request, String call, Instant leaseEnd);

    /** Keeps the answer of the call that has the key; without effect for any other. */
    void keep(UserId user, TokenId token, String key, String call, StoredAnswer answer);

    /** Gives the key back: the call ended without being charged. Without effect for any call that does not have it. */
    void release(TokenId token, String key, String call);
}

package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Failure;

/** There are channels for the call, and none has room or a key for it now. */
final class Unavailable extends Refused {
    private final int status;
    private final int retryAfterSeconds;

    /** @param status 429 where providers were asked too often, else 503 */
    Unavailable(String message, int status, int retryAfterSeconds) {
        super(Refusal.NO_CHANNEL, message + " Please try again in " + retryAfterSeconds + " s.");
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** As clients are told who should come again. */
    static Failure failure(Refused refused, Failure failure) {
        if (!(refused instanceof Unavailable unavailable))
            return new Failure(503, failure.type(), failure.code(), null, failure.message(), 1);
        boolean isBusy = unavailable.status == 429;
        return new Failure(
                unavailable.status,
                failure.type(),
                isBusy ? "rate_limit_exceeded" : failure.code(),
                null,
                failure.message(),
                unavailable.retryAfterSeconds);
    }
}

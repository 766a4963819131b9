package io.tollbook.relay.call;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Failure;

/** There are channels for the call, and none has room or a key for it now. */
final class Unavailable extends Refused {
    private final int retryAfterSeconds;

    Unavailable(String message, int retryAfterSeconds) {
        super(Refusal.NO_CHANNEL, message + " Please try again in " + retryAfterSeconds + " s.");
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** As clients are told who should come again. */
    static Failure failure(Refused refused, Failure failure) {
        int seconds = refused instanceof Unavailable unavailable ? unavailable.retryAfterSeconds : 1;
        return new Failure(503, failure.type(), failure.code(), null, failure.message(), seconds);
    }
}

package io.tollbook.relay.call;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.shaping.OverrideError;

/**
 * How an attempt failed.
 *
 * @param mayRetry whether another channel may be tried, by the rules
 */
record Failed(Attempt.Outcome outcome, Failure failure, boolean mayRetry) {
    static Failed unreachable() {
        return new Failed(
                Attempt.Outcome.UNREACHABLE,
                Failure.own(502, "do_request_failed", "The provider could not be reached."),
                true);
    }

    /** The provider's dialect cannot say what the client did; another's may. */
    static Failed untold(Refused refused) {
        if (refused instanceof OverrideError error)
            return new Failed(Attempt.Outcome.CANCELLED, error.failure(), error.mayRetry());
        return new Failed(Attempt.Outcome.CANCELLED, Failure.of(refused.refusal(), refused.getMessage()), true);
    }

    /** Not tried elsewhere: the provider may be at work on it, and be paid for it. */
    static Failed hung() {
        return new Failed(
                Attempt.Outcome.TIMED_OUT,
                Failure.own(504, "upstream_timeout", "The provider took too long to answer."),
                false);
    }

    static Failed cut() {
        return new Failed(
                Attempt.Outcome.CUT,
                Failure.own(502, "read_response_body_failed", "The provider's answer broke off."),
                true);
    }

    static Failed garbage(String message) {
        return new Failed(Attempt.Outcome.GARBAGE, Failure.own(502, "bad_response_body", message), false);
    }
}

package io.tollbook.kernel.limit;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;

/** One call too many, and when there is room again. */
public final class LimitReached extends Refused {
    private static final long serialVersionUID = 1L;

    private final int most;
    private final int retryAfterSeconds;

    private LimitReached(String message, int most, int retryAfterSeconds) {
        super(Refusal.TOO_MANY_REQUESTS, message);
        this.most = most;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /**
     * Too many within the window.
     *
     * @param most as the limit has it
     * @param successes whether only those count that have not failed
     */
    public static LimitReached rate(
            CallScope scope, String model, int most, boolean successes, int windowMinutes, int retryAfterSeconds) {
        String window = windowMinutes == 1 ? "a minute" : windowMinutes + " minutes";
        return new LimitReached(
                "%s at most %,d %s%s in %s. Please try again in %,d s."
                        .formatted(
                                scope == CallScope.TOKEN ? "This API key may make" : "You may make",
                                most,
                                successes ? "successful requests" : "requests",
                                scope == CallScope.MODEL ? " to the model " + model : "",
                                window,
                                retryAfterSeconds),
                most,
                retryAfterSeconds);
    }

    /** Too many at once. When one of them ends nobody knows, so the client may ask again soon. */
    public static LimitReached open(CallScope scope, int most) {
        return new LimitReached(
                (scope == CallScope.TOKEN ? "This API key" : "You")
                        + " may have at most %,d requests open at once. Please try again when one has ended."
                                .formatted(most),
                0,
                1);
    }

    /** How many requests the window may have; 0 where it is not a window that is full. */
    public int most() {
        return most;
    }

    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}

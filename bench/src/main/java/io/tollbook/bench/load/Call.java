package io.tollbook.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * What a client saw of one call.
 *
 * @param ordinal counted from 0 over the run
 * @param key whose call it was
 * @param status HTTP status; 0 where no head arrived
 * @param id the answer's own {@code id}
 * @param requestId the gateway's {@code X-Oneapi-Request-Id}
 * @param code {@code error.code} of an answer that is an error
 * @param pieces content pieces of a stream
 * @param intendedNanos when it was due, by {@link System#nanoTime()}
 * @param firstByteNanos of the body; 0 where none arrived
 */
public record Call(
        long ordinal,
        int key,
        int status,
        Ending ending,
        @Nullable String id,
        @Nullable String requestId,
        @Nullable String code,
        boolean retryAfter,
        boolean usageSeen,
        int pieces,
        long intendedNanos,
        long firstByteNanos,
        long endNanos) {
    public enum Ending {
        /** The whole answer arrived; a stream with its end mark. */
        COMPLETE,
        /** The connection or the stream ended before the answer did. */
        CUT,
        /** No connection. */
        UNREACHABLE,
        /** The client's patience ended. */
        TIMED_OUT,
        /** The client left on purpose. */
        HUNG_UP
    }

    /** A good answer that arrived whole. */
    public boolean isServed() {
        return status == 200 && ending == Ending.COMPLETE;
    }
}

package io.tollbook.kernel.performance;

/**
 * What this node thinks of a channel now.
 *
 * @param openCalls that it is working on
 * @param restingKeys that are left alone for a while
 */
public record ChannelState(Breaker breaker, int openCalls, int restingKeys) {
    public enum Breaker {
        /** It gets calls. */
        CLOSED,
        /** It is tried with a single call. */
        HALF_OPEN,
        /** It is passed over. */
        OPEN
    }
}

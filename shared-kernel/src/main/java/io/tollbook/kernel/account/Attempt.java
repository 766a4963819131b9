package io.tollbook.kernel.account;

import io.tollbook.kernel.channel.ChannelId;
import org.jspecify.annotations.Nullable;

/**
 * One try at one channel. A call has as many attempts as channels it went to; the last one answered.
 *
 * @param upstreamModel the model's name as sent upstream
 * @param status the upstream's HTTP status; 0 where there was none
 * @param millis from sending until the attempt ended
 * @param conversion from the client's dialect to this channel's; null where they are the same
 * @param cost null where nobody knows: there was no buy price, or costs were not booked yet
 */
public record Attempt(
        ChannelId channel,
        String upstreamModel,
        Outcome outcome,
        int status,
        long millis,
        @Nullable Conversion conversion,
        @Nullable AttemptCost cost) {
    public enum Outcome {
        /** Answered to the end. */
        ANSWERED,
        /** Never connected. */
        UNREACHABLE,
        /** Answered with an error status. */
        FAILED,
        /** Took longer than allowed. */
        TIMED_OUT,
        /** Ended in the middle. */
        CUT,
        /** Answered something that is no answer. */
        GARBAGE,
        /** Not sent, or stopped by us before an answer. */
        CANCELLED,
        /** The process that sent it died; nobody knows what the upstream did. */
        UNKNOWN
    }

    /** A try in the client's own dialect. */
    public Attempt(ChannelId channel, String upstreamModel, Outcome outcome, int status, long millis) {
        this(channel, upstreamModel, outcome, status, millis, null, null);
    }

    /** A try of which nobody knows the cost. */
    public Attempt(
            ChannelId channel,
            String upstreamModel,
            Outcome outcome,
            int status,
            long millis,
            @Nullable Conversion conversion) {
        this(channel, upstreamModel, outcome, status, millis, conversion, null);
    }

    /** What a customer may know of it. */
    public Attempt withoutCost() {
        return cost == null ? this : new Attempt(channel, upstreamModel, outcome, status, millis, conversion, null);
    }
}

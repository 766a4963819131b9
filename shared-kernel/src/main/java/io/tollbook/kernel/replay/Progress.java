package io.tollbook.kernel.replay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far something is that goes over the events again.
 *
 * @param readModel the one it is at
 * @param done events gone over
 * @param all events to go over
 * @param perSecond events a second so far; 0 if that is not known yet
 * @param error why it failed; empty if it did not
 */
public record Progress(String readModel, State state, long done, long all, long perSecond, String error) {
    public enum State {
        /** Events are gone over. */
        READING,
        /** The rebuilt one takes the place of the live one. */
        SWITCHING,
        /** The rows are held against the live ones. */
        COMPARING,
        DONE,
        CANCELLED,
        FAILED
    }

    public boolean isUnderWay() {
        return state == State.READING || state == State.SWITCHING || state == State.COMPARING;
    }

    /** How long the rest takes at the speed so far; null if that is not known. */
    public @Nullable Duration left() {
        return perSecond == 0 ? null : Duration.ofMillis(Math.max(0, all - done) * 1_000 / perSecond);
    }

    /** From 0 to 1,000. */
    public long perMille() {
        return all == 0 ? 0 : Math.min(1_000, done * 1_000 / all);
    }
}

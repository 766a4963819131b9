package io.tollbook.kernel.replay;

import io.tollbook.kernel.Actor;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes over the events again beside the live read models, one run at a time, and says what differs. */
public interface Replays {
    /** The read models that can be gone over. */
    List<String> readModels();

    /** The last position before a moment. */
    long positionBefore(Instant moment);

    /**
     * Begins a run; its end is an event.
     *
     * @param upTo the last position to go over; null for the present
     * @return the run's id
     * @throws io.tollbook.kernel.Refused NOT_PERMITTED for anybody but root and auditors
     */
    String start(List<String> readModels, @Nullable Long upTo, Actor by);

    /** The run under way, or how the last one of this node ended; empty if there was none. */
    Optional<Progress> latest();

    /** Whether somebody may cancel the run under way: root any, an auditor their own. False if there is none. */
    boolean mayCancel(Actor by);

    /**
     * Ends the run under way and throws away what it has built.
     *
     * @throws io.tollbook.kernel.Refused NOT_PERMITTED for anybody but root and the auditor who began it
     */
    void cancel(Actor by);

    /**
     * Writes what a run found as JSON Lines, one difference a line. The stream is flushed and left open.
     *
     * @throws io.tollbook.kernel.Refused before the first byte, if the actor may not see it
     */
    void writeDifferences(String run, Actor by, OutputStream out) throws IOException;
}

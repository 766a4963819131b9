package io.tollbook.kernel.site;

import io.tollbook.kernel.replay.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The read models as a whole: how far they are, and how to rebuild one while the system runs. */
public interface ReadModels {
    List<ReadModel> all();

    /** Waits until every read model has the event at this position. False if that takes longer than the timeout. */
    boolean await(long position, Duration timeout);

    /** Waits, within the timeout, until the read models have every event there is now: whoever just paid sees it. */
    default void catchUp(Duration timeout) {
        List<ReadModel> models = all();
        if (!models.isEmpty()) await(models.getFirst().head(), timeout);
    }

    /**
     * Builds a read model again from the first event, beside the one that goes on answering, and then puts it in that one's
     * place. Returns once it has begun.
     */
    void rebuild(String name);

    /** The rebuilds of this node that are under way, and how the last one of each other read model ended. */
    default Map<String, Progress> rebuilds() {
        return Map.of();
    }

    /** Throws away what a rebuild has built so far; the read model stays as it is. */
    default void cancelRebuild(String name) {}
}

package io.tollbook.kernel.site;

import java.time.Duration;
import java.util.List;

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

    /** Drops a read model and builds it again from the first event. Returns once the rebuild has begun. */
    void rebuild(String name);
}

package io.tollbook.kernel.performance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How much this node has to do, looked at every few seconds and remembered for some hours; nothing of it is stored. */
public interface SystemLoad {
    /** Longer ago nothing is remembered. */
    Duration REMEMBERED = Duration.ofHours(6);

    /** This node's name. */
    String node();

    /** Oldest first. */
    List<LoadSample> since(Instant from);
}

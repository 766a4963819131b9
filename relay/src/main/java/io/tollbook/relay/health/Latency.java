package io.tollbook.relay.health;

import java.util.concurrent.TimeUnit;

/** How long a provider takes to begin its answer: a mean in which each answer counts a little less than the next one. */
final class Latency {
    private static final double SHARE_OF_NEWEST = 0.2;
    /** A channel that was slow long ago deserves another look. */
    private static final long FORGOTTEN_NANOS = TimeUnit.MINUTES.toNanos(2);

    private double meanNanos;
    private long at;
    private boolean isKnown;

    synchronized void add(long nanos, long now) {
        meanNanos = known(now) ? meanNanos + SHARE_OF_NEWEST * (nanos - meanNanos) : nanos;
        at = now;
        isKnown = true;
    }

    /** 0 if unknown. */
    synchronized double nanos(long now) {
        return known(now) ? meanNanos : 0;
    }

    private boolean known(long now) {
        return isKnown && now - at < FORGOTTEN_NANOS;
    }
}

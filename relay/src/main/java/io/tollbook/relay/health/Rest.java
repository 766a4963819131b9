package io.tollbook.relay.health;

import java.util.concurrent.TimeUnit;

/**
 * That something is left alone after a failure: as long as the provider asked for, or else twice as long each time. Then one call
 * tries it, and only its success makes it as good as new. Changed by one thread at a time, read by any.
 */
final class Rest {
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final long firstNanos;
    private int failures;
    private volatile long until;
    private volatile boolean isGood = true;
    private volatile boolean isOnTrial;
    /** Whether it is the provider who asked to be left alone. */
    private volatile boolean isWish;

    Rest(long firstNanos) {
        this.firstNanos = firstNanos;
    }

    /** @param lastResort whether there is nobody else: then only the provider's own wish is kept to */
    boolean isOver(boolean lastResort, long now) {
        if (isGood) return true;
        boolean isOver = now - until >= 0;
        return isOver && !isOnTrial || lastResort && (isOver || !isWish);
    }

    void begin() {
        if (!isGood) isOnTrial = true;
    }

    void answered() {
        failures = 0;
        isGood = true;
        isOnTrial = false;
    }

    void undecided() {
        isOnTrial = false;
    }

    /** @param wishSeconds how long the provider wants to be left alone; 0 if it does not say */
    void failed(int wishSeconds, long now) {
        long rest = firstNanos << Math.min(failures, 8);
        failures++;
        isWish = wishSeconds > 0;
        until = now + (isWish ? TimeUnit.SECONDS.toNanos(wishSeconds) : Math.min(rest, MOST_NANOS));
        isGood = false;
        isOnTrial = false;
    }

    /** For how long it is left alone; 0 if it is not. */
    long nanos(long now) {
        return isGood ? 0 : Math.max(0, until - now);
    }

    boolean isGood() {
        return isGood;
    }
}

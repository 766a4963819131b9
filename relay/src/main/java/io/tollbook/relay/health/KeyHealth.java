package io.tollbook.relay.health;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What this node has seen of one key. After a failure it is left alone, as long as the provider asked for or else twice as long
 * each time; then one call tries it, and only its success makes the key as good as new.
 */
public final class KeyHealth {
    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_MAX_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final AtomicInteger open = new AtomicInteger();
    private final Minute minute = new Minute();
    private int failures;
    private volatile long pausedUntil;
    private volatile boolean isTried = true;
    /** Whether it is the provider who asked to be left alone. */
    private volatile boolean isWish;

    private volatile Fault last = Fault.NONE;

    /**
     * Whether a call could begin now; another may be faster all the same.
     *
     * @param lastResort whether there is nobody else: then only the provider's own wish is kept to
     */
    boolean isUsable(int concurrency, int perMinute, boolean lastResort, long now) {
        boolean isOver = now - pausedUntil >= 0;
        return (isTried || isOver && open.get() == 0 || lastResort && (isOver || !isWish))
                && (concurrency == 0 || open.get() < concurrency)
                && (perMinute == 0 || minute.count(now) < perMinute);
    }

    /** @return whether the call may go; if so, {@link #end} must follow */
    synchronized boolean begin(int concurrency, int perMinute, boolean lastResort, long now) {
        if (!isUsable(concurrency, perMinute, lastResort, now)) return false;
        open.incrementAndGet();
        minute.add(now);
        return true;
    }

    /** @param wishSeconds how long the provider wants to be left alone; 0 if it does not say */
    synchronized void end(Fault fault, int wishSeconds, long now) {
        open.decrementAndGet();
        if (fault == Fault.NONE) {
            failures = 0;
            isTried = true;
            last = fault;
        }
        if (!fault.isOfKey()) return;
        last = fault;
        isTried = false;
        long pause = (fault == Fault.KEY_BUSY ? BUSY_NANOS : REFUSED_NANOS) << Math.min(failures, 8);
        failures++;
        isWish = wishSeconds > 0;
        pausedUntil =
                now + (wishSeconds > 0 ? TimeUnit.SECONDS.toNanos(wishSeconds) : Math.min(pause, PAUSE_MAX_NANOS));
    }

    /** For how long it is left alone, in nanoseconds; 0 or less if it is not. */
    long pausedNanos(long now) {
        return isTried ? 0 : pausedUntil - now;
    }

    /** Why it is left alone; null if it is not. */
    @Nullable
    Fault pausedFor() {
        return isTried ? null : last;
    }

    int open() {
        return open.get();
    }
}

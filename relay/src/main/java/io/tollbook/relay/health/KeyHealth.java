package io.tollbook.relay.health;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What this node has seen of one key. One that is refused rests for every model; one that was too busy rests for that model. */
public final class KeyHealth {
    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AtomicInteger open = new AtomicInteger();
    private final Minute minute = new Minute();
    private final Rest refused = new Rest(REFUSED_NANOS);
    /** By model: providers limit each on its own. */
    private final Map<String, Rest> busy = new ConcurrentHashMap<>();

    /**
     * Whether a call could begin now; another may be faster all the same.
     *
     * @param lastResort whether there is nobody else: then only the provider's own wish is kept to
     */
    boolean isUsable(String model, int concurrency, int perMinute, boolean lastResort, long now) {
        Rest ofModel = busy.get(model);
        return refused.isOver(lastResort, now)
                && (ofModel == null || ofModel.isOver(lastResort, now))
                && (concurrency == 0 || open.get() < concurrency)
                && (perMinute == 0 || minute.count(now) < perMinute);
    }

    /** @return whether the call may go; if so, {@link #end} must follow */
    synchronized boolean begin(String model, int concurrency, int perMinute, boolean lastResort, long now) {
        if (!isUsable(model, concurrency, perMinute, lastResort, now)) return false;
        refused.begin();
        Rest ofModel = busy.get(model);
        if (ofModel != null) ofModel.begin();
        open.incrementAndGet();
        minute.add(now);
        return true;
    }

    /** @param wishSeconds how long the provider wants to be left alone; 0 if it does not say */
    synchronized void end(String model, Fault fault, int wishSeconds, long now) {
        open.decrementAndGet();
        Rest ofModel = busy.get(model);
        if (fault == Fault.KEY_REFUSED) refused.failed(wishSeconds, now);
        else refused.undecided();
        if (fault == Fault.KEY_BUSY)
            busy.computeIfAbsent(model, name -> new Rest(BUSY_NANOS)).failed(wishSeconds, now);
        else if (ofModel != null) ofModel.undecided();
    }

    /** A call under it goes well, though it may not be at its end. */
    synchronized void works(String model) {
        refused.answered();
        busy.remove(model);
    }

    /** For how long it is left alone with a model, or with any if that is null; 0 if it is not. */
    long restNanos(@Nullable String model, long now) {
        long longest = refused.nanos(now);
        for (Map.Entry<String, Rest> rest : busy.entrySet())
            if (model == null || rest.getKey().equals(model))
                longest = Math.max(longest, rest.getValue().nanos(now));
        return longest;
    }

    /** Whether it rests because a model's provider was asked too often. */
    boolean isBusy(String model, long now) {
        Rest rest = busy.get(model);
        return rest != null && rest.nanos(now) > 0;
    }
}

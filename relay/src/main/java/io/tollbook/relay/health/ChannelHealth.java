package io.tollbook.relay.health;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.performance.ChannelState;
import io.tollbook.relay.routing.ChannelLimits;
import io.tollbook.relay.routing.ProviderKey;
import io.tollbook.relay.routing.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this node has seen of one channel. It outlives the routing tables.
 *
 * <p>A channel of whose calls too many fail is passed over for a while; then a single call tries it, and if that goes well the
 * channel is as good as new.
 */
public final class ChannelHealth {
    private static final int RETRIES_ALWAYS = 10;

    private final CircuitBreaker breaker;
    private final Map<KeyPrint, KeyHealth> keys = new ConcurrentHashMap<>();
    private final Map<String, Latency> latencies = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final Minute minute = new Minute();
    private final Minute retries = new Minute();

    ChannelHealth(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /** Whether it is passed over because too many calls failed. */
    public boolean isOut() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    public CircuitBreaker.State state() {
        return breaker.getState();
    }

    /** Whether it has room for a call now. */
    public boolean hasRoom(ChannelLimits limits, long now) {
        return (limits.concurrency() == 0 || open.get() < limits.concurrency())
                && (limits.perMinute() == 0 || minute.count(now) < limits.perMinute());
    }

    /** Whether it still takes calls that failed elsewhere, so that one channel's fall does not bury the others. */
    public boolean takesRetry(int percent, long now) {
        return retries.count(now) < Math.max(RETRIES_ALWAYS, minute.count(now) * (long) percent / 100);
    }

    /** A key to be used now, by turns or by chance; empty if none is. */
    public Optional<ProviderKey> key(Target target, String model, Set<KeyPrint> tried, boolean lastResort, long now) {
        List<ProviderKey> all = target.keys();
        if (all.isEmpty()) return Optional.empty();
        int from = target.limits().polls()
                ? Math.floorMod(turn.getAndIncrement(), all.size())
                : ThreadLocalRandom.current().nextInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            ProviderKey key = all.get((from + i) % all.size());
            if (isUsable(key, model, target.limits(), tried, lastResort, now)) return Optional.of(key);
        }
        return Optional.empty();
    }

    /** This very key, if it can be used now. */
    public Optional<ProviderKey> key(Target target, String model, KeyPrint wanted, long now) {
        return target.keys().stream()
                .filter(key ->
                        key.print().equals(wanted) && isUsable(key, model, target.limits(), Set.of(), false, now))
                .findFirst();
    }

    private boolean isUsable(
            ProviderKey key, String model, ChannelLimits limits, Set<KeyPrint> tried, boolean lastResort, long now) {
        if (key.isRetired() || tried.contains(key.print())) return false;
        KeyHealth health = keys.get(key.print());
        return health == null
                || health.isUsable(model, limits.keyConcurrency(), limits.keyPerMinute(), lastResort, now);
    }

    /** In how many nanoseconds a key is tried again; a day if it is for other reasons that there is none. */
    public long nextKeyNanos(Target target, String model, long now) {
        long next = TimeUnit.DAYS.toNanos(1);
        for (ProviderKey key : target.keys()) {
            KeyHealth health = keys.get(key.print());
            long rest = health == null || key.isRetired() ? 0 : health.restNanos(model, now);
            if (rest > 0) next = Math.min(next, rest);
        }
        return next;
    }

    /** Whether any of its keys rests because the model was asked for too often. */
    public boolean isBusy(Target target, String model, long now) {
        return target.keys().stream()
                .map(key -> keys.get(key.print()))
                .anyMatch(key -> key != null && key.isBusy(model, now));
    }

    KeyHealth of(ProviderKey key) {
        return keys.computeIfAbsent(key.print(), print -> new KeyHealth());
    }

    /** @return whether a call may go; if so, {@link #end} must follow */
    public boolean begin(
            ProviderKey key, String model, ChannelLimits limits, boolean again, boolean lastResort, long now) {
        synchronized (this) {
            if (!hasRoom(limits, now)) return false;
            if (!lastResort && !breaker.tryAcquirePermission()) return false;
            if (!of(key).begin(model, limits.keyConcurrency(), limits.keyPerMinute(), lastResort, now)) {
                if (!lastResort) breaker.releasePermission();
                return false;
            }
            open.incrementAndGet();
            minute.add(now);
            if (again) retries.add(now);
            return true;
        }
    }

    /** @param wishSeconds see {@link KeyHealth#end} */
    public void end(ProviderKey key, String model, Fault fault, int wishSeconds, long now) {
        open.decrementAndGet();
        of(key).end(model, fault, wishSeconds, now);
    }

    /** A call goes well, though it may not be at its end. */
    public void works(ProviderKey key, String model, long nanos) {
        of(key).works(model);
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    /** A call failed by the channel's fault. */
    public void fails(long nanos) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, Failed.INSTANCE);
    }

    /** A call that was let in said nothing about the channel. */
    public void undecided() {
        breaker.releasePermission();
    }

    public void began(String model, long nanos, long now) {
        latencies.computeIfAbsent(model, name -> new Latency()).add(nanos, now);
    }

    /** How long it takes to begin an answer; 0 if that is not known. */
    public double latencyNanos(String model, long now) {
        Latency latency = latencies.get(model);
        return latency == null ? 0 : latency.nanos(now);
    }

    public int open() {
        return open.get();
    }

    /** How it is, for people. */
    ChannelState seen(long now) {
        int resting = (int) keys.values().stream()
                .filter(key -> key.restNanos(null, now) > 0)
                .count();
        return new ChannelState(
                switch (breaker.getState()) {
                    case OPEN, FORCED_OPEN -> ChannelState.Breaker.OPEN;
                    case HALF_OPEN -> ChannelState.Breaker.HALF_OPEN;
                    case CLOSED, DISABLED, METRICS_ONLY -> ChannelState.Breaker.CLOSED;
                },
                open.get(),
                resting);
    }

    /** The breaker wants to be told by what; it only counts. */
    private static final class Failed extends Exception {
        static final Failed INSTANCE = new Failed();

        private Failed() {
            super("failed", null, false, false);
        }
    }
}

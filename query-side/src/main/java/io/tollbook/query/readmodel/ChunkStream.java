package io.tollbook.query.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * The events of a store up to the {@link Gate}, in chunks. There is no next chunk before the processor has begun with the
 * last one: what waits in memory is one chunk per read model.
 */
final class ChunkStream implements BlockingStream<TrackedEventMessage<?>> {
    /** The most events of one chunk; five read models hold most of them in common: 5,000 × 3 KB = 15 MB. */
    static final int EVENTS_MAX = 5_000;
    /** The most events a chunk may pass over, so that a reader which handles few of them still gets on. */
    private static final int PASSED_OVER_MAX = 50_000;
    /** How long an event may be durable before the store's own reader has fetched it, as a rule. */
    private static final int FETCH_MILLIS = 2;

    private final BlockingStream<TrackedEventMessage<?>> events;
    private final Gate gate;
    private final ChunkInvoker projections;
    private final Consumer<Throwable> unreadable;
    private @Nullable TrackedEventMessage<?> next;
    private volatile long read;
    private volatile boolean outstanding;
    private volatile @Nullable Runnable waiting;

    ChunkStream(
            BlockingStream<TrackedEventMessage<?>> events,
            Gate gate,
            long read,
            ChunkInvoker projections,
            Consumer<Throwable> unreadable) {
        this.events = events;
        this.gate = gate;
        this.read = read;
        this.projections = projections;
        this.unreadable = unreadable;
        gate.add(this);
    }

    boolean isBehind() {
        return read < gate.limit();
    }

    void wakeIfBehind() {
        Runnable reader = waiting;
        if (reader != null && !outstanding && isBehind()) reader.run();
    }

    private void taken() {
        outstanding = false;
        wakeIfBehind();
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(next);
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        if (next == null && !outstanding && isBehind()) next = chunk();
        return next != null;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        if (!hasNextAvailable(0, TimeUnit.MILLISECONDS)) throw new NoSuchElementException();
        TrackedEventMessage<?> chunk = next;
        next = null;
        outstanding = !Chunk.isEmpty(chunk);
        return chunk;
    }

    private @Nullable TrackedEventMessage<?> chunk() throws InterruptedException {
        long limit = gate.limit();
        List<TrackedEventMessage<?>> chosen = new ArrayList<>();
        TrackingToken last = null;
        for (int passed = 0; chosen.size() < EVENTS_MAX && passed < PASSED_OVER_MAX && read < limit; passed++) {
            if (!events.hasNextAvailable(FETCH_MILLIS, TimeUnit.MILLISECONDS)) break;
            TrackedEventMessage<?> event = events.nextAvailable();
            if (isWanted(event)) chosen.add(event);
            last = event.trackingToken();
            read = last.position().orElse(0);
        }
        if (last == null) return null;
        return new GenericTrackedEventMessage<>(last, new GenericEventMessage<>(new Chunk(chosen, this::taken)));
    }

    private boolean isWanted(TrackedEventMessage<?> event) {
        try {
            return projections.handles(event.getPayloadType());
        } catch (RuntimeException e) {
            unreadable.accept(e);
            throw e;
        }
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        waiting = callback;
        return true;
    }

    @Override
    public void close() {
        gate.remove(this);
        events.close();
    }
}

package io.tollbook.query.readmodel;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/** The events of a store up to the {@link Gate}; tells its reader when the gate has risen. */
final class GatedStream implements BlockingStream<TrackedEventMessage<?>> {
    /** How long an event may be durable before the store's own reader has fetched it, as a rule. */
    private static final int FETCH_MILLIS = 2;

    private final BlockingStream<TrackedEventMessage<?>> events;
    private final Gate gate;
    private final Consumer<Throwable> unreadable;
    private volatile long delivered;
    private volatile @Nullable Runnable waiting;

    GatedStream(
            BlockingStream<TrackedEventMessage<?>> events, Gate gate, long delivered, Consumer<Throwable> unreadable) {
        this.events = events;
        this.gate = gate;
        this.delivered = delivered;
        this.unreadable = unreadable;
        gate.add(this);
    }

    void wakeIfBehind() {
        Runnable reader = waiting;
        if (reader != null && delivered < gate.limit()) reader.run();
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        if (delivered >= gate.limit()) return Optional.empty();
        return events.peek().filter(event -> position(event) <= gate.limit());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        if (delivered >= gate.limit()) return false;
        if (events.hasNextAvailable(FETCH_MILLIS, TimeUnit.MILLISECONDS)) return peek().isPresent();
        return timeout > 0 && events.hasNextAvailable(timeout, unit) && peek().isPresent();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        TrackedEventMessage<?> event = events.nextAvailable();
        try {
            event.getPayloadType();
        } catch (RuntimeException e) {
            unreadable.accept(e);
            throw e;
        }
        delivered = position(event);
        return event;
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElse(0);
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

package io.tollbook.query.readmodel;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * The events after a position as one processor gets them: in {@link Chunk}s, the next not before it has begun with the
 * last. It reads for itself until it is level with the store, and from then on is filled by the {@link Feed}. If it cannot
 * keep up it reads for itself again, so what waits in memory is bounded.
 */
final class ChunkStream implements BlockingStream<TrackedEventMessage<?>> {
    /** The most events of one chunk: 5,000 log rows of about 1 KB = 5 MB. */
    static final int EVENTS_MAX = 5_000;
    /** The most events a chunk may pass over, so that a reader which cares for few of them still gets on. */
    private static final int PASSED_OVER_MAX = 100_000;

    private final String name;
    private final EventStorageEngine engine;
    private final Feed feed;
    private final Handlers handlers;
    private final Consumer<Throwable> failed;

    private @Nullable TrackingToken read;
    private @Nullable Stream<? extends TrackedEventMessage<?>> own;
    private @Nullable Iterator<? extends TrackedEventMessage<?>> ownEvents;
    private @Nullable TrackedEventMessage<?> next;
    private Batch filling = new Batch(false);
    private boolean advanced;
    private boolean level;
    private boolean released;
    private boolean outstanding;
    private boolean closed;
    private @Nullable RuntimeException failure;
    private volatile @Nullable Runnable waiting;

    /** Chooses streams. */
    interface Whether {
        boolean isMeant(ChunkStream stream);
    }

    ChunkStream(
            String name,
            EventStorageEngine engine,
            Feed feed,
            Handlers handlers,
            @Nullable TrackingToken after,
            Consumer<Throwable> failed) {
        this.name = name;
        this.engine = engine;
        this.feed = feed;
        this.handlers = handlers;
        this.read = after;
        this.failed = failed;
    }

    String name() {
        return name;
    }

    /** An event from the feed. False if the stream takes no more. */
    synchronized boolean take(TrackedEventMessage<?> event) {
        if (closed || !level) return false;
        if (Store.position(event.trackingToken()) <= Store.position(read)) return true;
        try {
            project(event);
        } catch (RuntimeException e) {
            fail(e);
            return false;
        }
        level = filling.events() < EVENTS_MAX;
        if (!level) wake();
        return level;
    }

    private void project(TrackedEventMessage<?> event) {
        handlers.project(event, filling);
        read = event.trackingToken();
        advanced = true;
    }

    /** Ends the stream: whoever reads on gets the failure, and what was gathered is read again by its successor. */
    synchronized void fail(RuntimeException cause) {
        failure = cause;
        level = false;
        failed.accept(cause);
        wake();
    }

    /** Lets the reader have what was gathered so far, and wakes it if there is anything. */
    synchronized void release() {
        released = advanced;
        if (released && !outstanding) wake();
    }

    private synchronized void taken() {
        outstanding = false;
        if (!level || released) wake();
    }

    private void wake() {
        Runnable reader = waiting;
        if (reader != null) reader.run();
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(next);
    }

    @Override
    public synchronized boolean hasNextAvailable(int timeout, TimeUnit unit) {
        if (failure != null) throw failure;
        if (next != null) return true;
        if (outstanding) return false;
        if (!level) readOn();
        if (advanced && (released || !level)) next = chunk();
        return next != null;
    }

    private TrackedEventMessage<?> chunk() {
        Chunk chunk = new Chunk(filling, this::taken);
        filling = new Batch(false);
        advanced = false;
        released = false;
        return new GenericTrackedEventMessage<>(read, new GenericEventMessage<>(chunk));
    }

    /** Reads for itself, a chunk at most, and joins the feed at the end of the store. */
    private void readOn() {
        try {
            for (int passed = 0; filling.events() < EVENTS_MAX && passed < PASSED_OVER_MAX; passed++) {
                if (ownEvents == null) {
                    own = Store.after(engine, read);
                    ownEvents = own.iterator();
                }
                if (ownEvents.hasNext()) project(ownEvents.next());
                else {
                    closeOwn();
                    level = feed.join(this, read);
                    if (level) return;
                }
            }
        } catch (RuntimeException e) {
            failed.accept(e);
            throw e;
        }
    }

    private void closeOwn() {
        if (own != null) own.close();
        own = null;
        ownEvents = null;
    }

    @Override
    public synchronized TrackedEventMessage<?> nextAvailable() {
        if (!hasNextAvailable(0, TimeUnit.MILLISECONDS)) throw new NoSuchElementException();
        TrackedEventMessage<?> chunk = next;
        next = null;
        // An empty one only moves the position; nobody works on it.
        outstanding = Chunk.of(chunk).batch().events() > 0;
        return chunk;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        waiting = callback;
        return true;
    }

    @Override
    public void close() {
        feed.leave(this);
        synchronized (this) {
            closed = true;
            level = false;
            waiting = null;
            closeOwn();
        }
    }
}

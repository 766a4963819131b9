package io.tollbook.query.readmodel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads new events once for all read models that are level with the store: each event is fetched and deserialised once,
 * goes into every read model's batch, and is forgotten. Read models that are behind read for themselves until they are
 * level.
 */
final class Feed {
    private final EventStorageEngine engine;
    private final ReentrantLock passing = new ReentrantLock();
    private final List<ChunkStream> level = new ArrayList<>();
    private @Nullable TrackingToken token;
    private volatile long position = -1;

    Feed(EventStorageEngine engine) {
        this.engine = engine;
    }

    long position() {
        return position;
    }

    /**
     * Lets a stream take part from the next event on, if it has all events before that.
     *
     * @param at the stream's last event
     */
    boolean join(ChunkStream stream, @Nullable TrackingToken at) {
        passing.lock();
        try {
            if (level.isEmpty()) {
                token = at;
                position = Store.position(at);
            } else if (Store.position(at) < position) return false;
            level.add(stream);
            return true;
        } finally {
            passing.unlock();
        }
    }

    void leave(ChunkStream stream) {
        passing.lock();
        try {
            level.remove(stream);
        } finally {
            passing.unlock();
        }
    }

    /** Passes on what has been stored since the last time. */
    void pass() {
        passing.lock();
        try {
            if (level.isEmpty()) return;
            long head = Store.position(engine.createHeadToken());
            if (head > position) pass(head);
        } finally {
            passing.unlock();
        }
    }

    /** No further than the head, or under load it would ask again and again for the few that came meanwhile. */
    private void pass(long head) {
        try (Stream<? extends TrackedEventMessage<?>> stored = Store.after(engine, token)) {
            Iterator<? extends TrackedEventMessage<?>> events = stored.iterator();
            while (position < head && events.hasNext()) {
                TrackedEventMessage<?> event = events.next();
                level.removeIf(stream -> !stream.take(event));
                token = event.trackingToken();
                position = Store.position(token);
            }
        } catch (SerializationException e) {
            // Each read model stops at it and says so.
            for (ChunkStream stream : level) stream.fail(e);
            level.clear();
        }
    }

    /** Hands on what has been gathered. */
    void release(ChunkStream.Whether which) {
        passing.lock();
        try {
            for (ChunkStream stream : List.copyOf(level)) if (which.isMeant(stream)) stream.release();
        } finally {
            passing.unlock();
        }
    }
}

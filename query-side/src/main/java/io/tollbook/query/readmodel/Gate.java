package io.tollbook.query.readmodel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets the projections see the events up to a position. The gate rises to the head of the store a few times a second, and
 * at once when somebody waits for an event. So under load a batch has thousands of events and costs each of them little,
 * a hold that is settled in the meantime is never written at all, and a person still sees at once what they did.
 */
final class Gate {
    private final AtomicLong limit = new AtomicLong(-1);
    private final List<ChunkStream> streams = new CopyOnWriteArrayList<>();

    long limit() {
        return limit.get();
    }

    /** Lets everybody go on up to this position, and wakes those who have not got there. */
    void raise(long position) {
        limit.accumulateAndGet(position, Math::max);
        for (ChunkStream stream : streams) stream.wakeIfBehind();
    }

    void add(ChunkStream stream) {
        streams.add(stream);
    }

    void remove(ChunkStream stream) {
        streams.remove(stream);
    }
}

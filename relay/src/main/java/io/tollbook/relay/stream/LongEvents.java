package io.tollbook.relay.stream;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What all streams together may keep of events that are longer than usual, and of answers that are. A picture comes in one event
 * of some megabytes; hundreds of those at once would not fit into the heap.
 */
@Component
public final class LongEvents {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** A sixth of the heap: as much as bodies of requests may take. */
    @Autowired
    LongEvents() {
        this(Runtime.getRuntime().maxMemory() / 6);
    }

    public LongEvents(long bytesMax) {
        most = bytesMax;
    }

    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) return true;
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** In bytes, at this moment. */
    public long taken() {
        return taken.get();
    }
}

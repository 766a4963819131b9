package io.tollbook.relay.call;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Runs each request in a virtual thread of its own, so many at once; the others wait in their order. One that waits here
 * takes a hundred bytes, one that has begun 70 KB, so this bounds what a rush can take, refusals included. A call that only
 * waits for its provider steps aside and lets the next one begin.
 *
 * <p>A pool of that size would bound it too, but keep as many threads for good, with what their thread-locals hold.
 *
 * @see "adr/0005"
 */
@Component
public final class Turnstile implements Executor {
    private static final ThreadLocal<Guest> HERE = new ThreadLocal<>();

    /** However few calls may be open, pages are served and the refused are told so. */
    private static final int MOST_LEAST = 32;

    private final int most;
    private final int crowd;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger queued = new AtomicInteger();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Thread.Builder threads = Thread.ofVirtual().name("request-", 0);

    /** A third of the calls that may be open begin at once: more than two cores can work on, few enough to live short. */
    @Autowired
    Turnstile(OpenCalls calls) {
        this(Math.max(MOST_LEAST, calls.most() / 3), calls.most());
    }

    Turnstile(int most, int crowd) {
        this.most = most;
        this.crowd = crowd;
    }

    /** Whether more wait than calls may be open: whoever is next should be told to come again. */
    boolean isCrowded() {
        return queued.get() > crowd;
    }

    /**
     * The present request waits for somebody else from here on, and no longer counts. Without effect on other threads.
     *
     * <p>Nor does what the same thread handles after it: the next request of that connection, if its bytes had come before the
     * answer ended. Only who sends ahead has that, one at a time for each connection, and the bound on open calls holds for
     * it too, so it is not worth a way back in.
     */
    void stepAside() {
        Guest guest = HERE.get();
        if (guest == null || guest.aside) return;
        guest.aside = true;
        running.decrementAndGet();
        letIn();
    }

    @Override
    public void execute(Runnable task) {
        queued.incrementAndGet();
        waiting.add(task);
        letIn();
    }

    private void letIn() {
        if (!waiting.isEmpty() && enter()) threads.start(this::work);
    }

    private boolean enter() {
        int now = running.get();
        while (now < most) {
            if (running.compareAndSet(now, now + 1)) return true;
            now = running.get();
        }
        return false;
    }

    private void work() {
        Guest guest = new Guest();
        HERE.set(guest);
        do {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                queued.decrementAndGet();
                run(next);
                if (guest.aside) return;
            }
            running.decrementAndGet();
            // Whoever came between the last look and the last line found no room.
        } while (!waiting.isEmpty() && enter());
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
        }
    }

    /** A thread that was let in. */
    private static final class Guest {
        private boolean aside;
    }
}

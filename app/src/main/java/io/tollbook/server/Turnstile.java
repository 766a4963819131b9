package io.tollbook.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs each task in a virtual thread of its own, so many at once; the others wait in their order. A request that waits here
 * takes a hundred bytes, one that has begun 70 KB, so this bounds what a rush of connections can take, refusals included.
 *
 * <p>A pool of that size would bound it too, but keep as many threads for good, with what their thread-locals hold.
 */
final class Turnstile implements Executor {
    private final int most;
    private final AtomicInteger running = new AtomicInteger();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Thread.Builder threads = Thread.ofVirtual().name("request-", 0);

    Turnstile(int most) {
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (enter()) threads.start(this::work);
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
        do {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) run(next);
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
}

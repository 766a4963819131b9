package io.tollbook.query.readmodel;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a read model: it fetches a thousand events, then writes them, then fetches again. With a thread for
 * each, writing would begin with the first event fetched, and batches would be small.
 */
final class ProjectionThread extends ScheduledThreadPoolExecutor {
    /** For so long Axon stops fetching when the writer's queue is full. */
    private static final long FULL_QUEUE_MILLIS = 100;

    ProjectionThread(String name) {
        super(1, Thread.ofPlatform().name("read-model-" + name).factory());
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        // The writer stands before the fetcher in this thread's queue, so by then there is room again.
        boolean queueWasFull = unit.toMillis(delay) == FULL_QUEUE_MILLIS;
        return super.schedule(task, queueWasFull ? 0 : delay, unit);
    }
}

package io.tollbook.query.readmodel;

import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * {@link ReadModels} over Axon's event processors. Lets the {@link Feed} read many times a second and hand on a few times,
 * and at once when somebody waits: under load a batch has thousands of events and costs each of them little, a hold that
 * is settled meanwhile is never written at all, and a person still sees at once what they did.
 */
final class AxonReadModels implements ReadModels, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AxonReadModels.class);
    /** Between two looks at processors that somebody waits for; batches in between wake the waiter as well. */
    private static final long LOOK_NANOS = 500_000;

    private static final Duration PACE_MAX = Duration.ofMillis(50);
    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofSeconds(8);

    private final Feed feed;
    private final LongSupplier head;
    private final Processors processors;
    private final Duration pace;
    private final long passesPerRelease;
    private final Shadows shadows;
    private final Supplier<Rebuilds> rebuildsMaker;
    private volatile @Nullable Rebuilds rebuilds;

    private final Map<String, Idle> idle = new HashMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private long tick;
    private volatile int waiters;
    private volatile @Nullable ScheduledExecutorService clock;

    /** Finds the processor of a read model. */
    interface Processors {
        StreamingEventProcessor named(String name);
    }

    /** What stopped a projection, and where. It is over once the projection has got further. */
    private record Fault(long position, String message) {}

    /**
     * @param linger how long events may wait for company before they are projected; the price is what people see, the
     *     gain is fewer and larger batches
     */
    AxonReadModels(
            Feed feed,
            LongSupplier head,
            Processors processors,
            Duration linger,
            Shadows shadows,
            Supplier<Rebuilds> rebuilds) {
        this.feed = feed;
        this.head = head;
        this.processors = processors;
        pace = linger.compareTo(PACE_MAX) < 0 ? linger : PACE_MAX;
        passesPerRelease = Math.max(1, linger.dividedBy(pace));
        this.shadows = shadows;
        rebuildsMaker = rebuilds;
    }

    @Override
    public List<ReadModel> all() {
        long newest = head.getAsLong();
        return ReadModelNames.ALL.stream()
                .map(name -> {
                    long position = position(name);
                    String error = error(name, position);
                    boolean running = processors.named(name).isRunning() && error.isEmpty();
                    return new ReadModel(name, Math.max(0, position), newest, running, error);
                })
                .toList();
    }

    /** How many events a read model has not seen yet. */
    long behind(String name) {
        return Math.max(0, head.getAsLong() - Math.max(0, position(name)));
    }

    private long position(String name) {
        long least = Long.MAX_VALUE;
        for (EventTrackerStatus status :
                processors.named(name).processingStatus().values())
            least = Math.min(
                    least,
                    status.getTrackingToken() == null
                            ? -1
                            : status.getTrackingToken().position().orElse(-1));
        return least == Long.MAX_VALUE ? -1 : least;
    }

    private String error(String name, long position) {
        Fault fault = faults.get(name);
        if (fault == null) return "";
        if (position <= fault.position()) return fault.message();
        faults.remove(name, fault);
        return "";
    }

    void failed(String name, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) root = root.getCause();
        faults.put(name, new Fault(position(name), root.getClass().getSimpleName() + ": " + root.getMessage()));
    }

    /** A batch has been committed. */
    void progressed() {
        if (waiters == 0) return;
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(long position, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        lock.lock();
        waiters++;
        try {
            while (true) {
                handOn();
                boolean allThere = true;
                boolean someComing = false;
                for (String name : ReadModelNames.ALL) {
                    long reached = position(name);
                    if (reached >= position) continue;
                    allThere = false;
                    // One that is stopped or broken must not hold up everybody who changes something.
                    someComing |= processors.named(name).isRunning()
                                    && error(name, reached).isEmpty()
                            || isReplaced(name);
                }
                if (allThere || !someComing || System.nanoTime() - deadline >= 0) return allThere;
                progress.awaitNanos(LOOK_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiters--;
            lock.unlock();
        }
    }

    private boolean isReplaced(String name) {
        Rebuilds made = rebuilds;
        return made != null && made.isSwitching(name);
    }

    @Override
    public void rebuild(String name) {
        rebuilding().begin(name);
    }

    @Override
    public Map<String, Progress> rebuilds() {
        return rebuilding().progress();
    }

    @Override
    public void cancelRebuild(String name) {
        rebuilding().cancel(name);
    }

    private synchronized Rebuilds rebuilding() {
        Rebuilds made = rebuilds;
        if (made == null) rebuilds = made = rebuildsMaker.get();
        return made;
    }

    /** For somebody who waits: everything there is, at once. */
    private void handOn() {
        try {
            feed.pass();
            feed.release(stream -> true);
        } catch (RuntimeException e) {
            log.debug("The event store cannot be read; trying again", e);
        }
    }

    /** Reads often, so that few events wait in the store's memory, and hands on seldom, so that batches are large. */
    private void tick() {
        tick++;
        try {
            feed.pass();
            long rises = tick / passesPerRelease;
            if (tick % passesPerRelease == 0)
                feed.release(stream -> rises % ReadModelNames.patience(stream.name()) == 0);
            for (String name : ReadModelNames.ALL) revive(name);
        } catch (RuntimeException e) {
            log.debug("The event store cannot be read; trying again", e);
        }
    }

    /** Since when a processor has nothing to do here, and when to ask it to try again. */
    private record Idle(long nextNanos, Duration pause) {}

    /**
     * After an outage Axon waits for up to a minute before it claims a read model again. That is long for people who wait
     * to see what they did, so it is asked to try every few seconds.
     */
    private void revive(String name) {
        StreamingEventProcessor processor = processors.named(name);
        if (!processor.isRunning() || !processor.processingStatus().isEmpty()) {
            idle.remove(name);
            return;
        }
        long now = System.nanoTime();
        Idle before = idle.get(name);
        if (before != null && now - before.nextNanos() < 0) return;
        Duration pause = before == null ? RETRY_FIRST : before.pause().multipliedBy(2);
        if (pause.compareTo(RETRY_MAX) > 0) pause = RETRY_MAX;
        idle.put(name, new Idle(now + pause.toNanos(), pause));
        if (before != null) processor.claimSegment(0);
    }

    @Override
    public void start() {
        ScheduledExecutorService ticking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("read-models").daemon().factory());
        ticking.execute(shadows::removeLeftovers);
        ticking.scheduleWithFixedDelay(this::tick, 0, pace.toMillis(), TimeUnit.MILLISECONDS);
        clock = ticking;
    }

    @Override
    public void stop() {
        ScheduledExecutorService ticking = clock;
        clock = null;
        if (ticking != null) ticking.shutdownNow();
        Rebuilds made = rebuilds;
        if (made != null) made.cancelAll();
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }
}

package io.tollbook.relay.upstream;

import jakarta.annotation.PreDestroy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends waits that are overdue, to a tenth of a second. A timer for each read and each hold, as timed waits of virtual threads
 * set them, takes a tenth of a call's processor time.
 */
@Component
public final class Deadlines {
    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
    private static final long LOOK_MILLIS = 100;

    /** Something that must end in time. */
    public interface Wait {
        /** By {@link System#nanoTime()}; may move. */
        long endNanos();

        /** Called once the end has passed, perhaps more than once. Must not block. */
        void overdue();
    }

    private final Set<Wait> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deadlines").daemon().factory());

    public Deadlines() {
        clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        for (Wait wait : open) {
            if (now - wait.endNanos() <= 0) continue;
            try {
                wait.overdue();
            } catch (RuntimeException e) {
                log.warn("A wait could not be ended", e);
            }
        }
    }

    public void begin(Wait wait) {
        open.add(wait);
    }

    public void end(Wait wait) {
        open.remove(wait);
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }
}

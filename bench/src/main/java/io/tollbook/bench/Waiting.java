package io.tollbook.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for a condition of another process, which can only be asked and never tells. */
public final class Waiting {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Waiting() {}

    /** @return false if it did not come true in time */
    public static boolean until(Duration most, Duration every, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end >= 0) return false;
            pause(every);
        }
        return true;
    }

    public static void pause(Duration time) throws InterruptedException {
        boolean counted = NEVER.await(time.toNanos(), TimeUnit.NANOSECONDS);
        assert !counted;
    }
}

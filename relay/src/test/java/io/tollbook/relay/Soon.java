package io.tollbook.relay;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what happens on another thread: milliseconds as a rule, ten seconds at most. */
final class Soon {
    private Soon() {}

    static void is(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10))
                .until(condition);
    }
}

package io.tollbook.command.channel;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lies between two calls of a round over many channels, so that it is no load on anybody; ends early with the process. */
class Gap implements AutoCloseable {
    private final Duration length;
    private final CountDownLatch closed = new CountDownLatch(1);

    Gap(Duration length) {
        this.length = length;
    }

    /** @throws InterruptedException if the process ends, and with it the round */
    void pass() throws InterruptedException {
        if (closed.await(length.toMillis(), TimeUnit.MILLISECONDS)) throw new InterruptedException("Tollbook stops");
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

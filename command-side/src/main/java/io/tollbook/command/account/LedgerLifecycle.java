package io.tollbook.command.account;

import io.tollbook.command.access.RefusalRecorder;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the writer before anything asks it and ends it after the last call has ended: the web server, in a later phase,
 * stops first and waits for open calls.
 */
final class LedgerLifecycle implements SmartLifecycle {
    private final LedgerPartition partition;
    private final RefusalRecorder refusals;
    private final Sweeper sweeper;
    private volatile boolean running;

    LedgerLifecycle(LedgerPartition partition, RefusalRecorder refusals, Sweeper sweeper) {
        this.partition = partition;
        this.refusals = refusals;
        this.sweeper = sweeper;
    }

    @Override
    public void start() {
        partition.start();
        refusals.start();
        sweeper.start();
        running = true;
    }

    @Override
    public void stop() {
        sweeper.close();
        refusals.close();
        partition.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Behind Axon's own components, which start from Integer.MIN_VALUE upwards, and before the web server. */
    @Override
    public int getPhase() {
        return 1_000;
    }
}

package io.tollbook.relay.call;

import io.tollbook.relay.upstream.Deadlines;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Waits for a hold, but not for ever. That it gives up changes nothing for the hold itself. */
final class HoldWait implements Deadlines.Wait {
    private final CompletableFuture<Void> outcome;
    private final long endNanos;

    HoldWait(CompletableFuture<Void> durable, long endNanos) {
        outcome = durable.copy();
        this.endNanos = endNanos;
    }

    /** @throws java.util.concurrent.CompletionException of what the ledger said, or of a {@link TimeoutException} */
    void join() {
        outcome.join();
    }

    @Override
    public long endNanos() {
        return endNanos;
    }

    @Override
    public void overdue() {
        outcome.completeExceptionally(new TimeoutException());
    }
}

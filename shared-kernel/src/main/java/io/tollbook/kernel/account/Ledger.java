package io.tollbook.kernel.account;

import java.util.concurrent.CompletableFuture;

/**
 * The relay's way to the accounts: many commands of many callers in one durable append. A future completes once its event
 * is durable, or exceptionally with {@link io.tollbook.kernel.Refused}.
 */
public interface Ledger {
    /** Refused at once with OVERLOADED or LEDGER_UNAVAILABLE when the queue is full or the database is away. */
    CompletableFuture<Void> hold(HoldFunds command);

    /** Never refused for load; waits for the database to come back, however long that takes. */
    CompletableFuture<Void> settle(SettleUsage command);

    /** Like {@link #settle}. */
    CompletableFuture<Void> release(ReleaseHold command);

    /** Whether the last append succeeded. */
    boolean isWriting();
}

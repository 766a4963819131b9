package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.Ledger;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.account.SettleUsage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger whose disk is the test's hand: what is asked of it stays open until the test says that it is durable. */
final class HandLedger implements Ledger {
    /** A command and the promise that it is durable. */
    record Entry<C>(C command, CompletableFuture<Void> durable) {
        /** Returns once the relay waits for this entry: whatever it does before that has happened. */
        void awaitWaiter() {
            Soon.is("somebody waits for " + command, () -> durable.getNumberOfDependents() > 0);
        }

        void complete() {
            durable.complete(null);
        }
    }

    private final List<Entry<HoldFunds>> holds = new CopyOnWriteArrayList<>();
    private final List<Entry<SettleUsage>> settlements = new CopyOnWriteArrayList<>();
    private final List<Entry<ReleaseHold>> releases = new CopyOnWriteArrayList<>();
    private volatile boolean holdsByHand;
    private volatile boolean endingsByHand;

    void keepHoldsOpen() {
        holdsByHand = true;
    }

    void keepEndingsOpen() {
        endingsByHand = true;
    }

    /** Forgets everything and completes what is asked at once. */
    void reset() {
        holdsByHand = false;
        endingsByHand = false;
        holds.forEach(Entry::complete);
        settlements.forEach(Entry::complete);
        releases.forEach(Entry::complete);
        holds.clear();
        settlements.clear();
        releases.clear();
    }

    @Override
    public CompletableFuture<Void> hold(HoldFunds command) {
        return add(holds, command, holdsByHand);
    }

    @Override
    public CompletableFuture<Void> settle(SettleUsage command) {
        return add(settlements, command, endingsByHand);
    }

    @Override
    public CompletableFuture<Void> release(ReleaseHold command) {
        return add(releases, command, endingsByHand);
    }

    private static <C> CompletableFuture<Void> add(List<Entry<C>> entries, C command, boolean byHand) {
        Entry<C> entry = new Entry<>(command, new CompletableFuture<>());
        if (!byHand) entry.complete();
        entries.add(entry);
        return entry.durable;
    }

    @Override
    public boolean isWriting() {
        return true;
    }

    Entry<HoldFunds> hold() {
        return only(holds, "a hold");
    }

    /** The hold that was asked for after so many others. */
    Entry<HoldFunds> hold(int others) {
        Soon.is("there is another hold", () -> holds.size() > others);
        assertThat(holds).hasSize(others + 1);
        return holds.get(others);
    }

    Entry<SettleUsage> settlement() {
        Entry<SettleUsage> settlement = only(settlements, "a settlement");
        assertThat(releases).isEmpty();
        return settlement;
    }

    Entry<ReleaseHold> release() {
        Entry<ReleaseHold> release = only(releases, "a release");
        assertThat(settlements).isEmpty();
        return release;
    }

    private static <C> Entry<C> only(List<Entry<C>> entries, String what) {
        Soon.is("there is " + what, () -> !entries.isEmpty());
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    /** All that were asked for, in their order. */
    List<SettleUsage> settled() {
        return settlements.stream().map(Entry::command).toList();
    }

    List<ReleaseHold> released() {
        return releases.stream().map(Entry::command).toList();
    }

    boolean hasHolds() {
        return !holds.isEmpty();
    }

    boolean hasReleases() {
        return !releases.isEmpty();
    }

    boolean hasEndings() {
        return !settlements.isEmpty() || !releases.isEmpty();
    }
}

package io.tollbook.command.eventstore;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Many units of work, one append. Whoever gets the lock writes for everybody who waits; if the database refuses the whole,
 * each unit is written by itself, so that only the one at fault fails.
 */
final class GroupCommit {
    private record Waiting(List<EventRow> rows, CompletableFuture<Long> written) {}

    /** What {@link DurableAppend} does; tests put their own here. */
    interface Append {
        long append(List<EventRow> rows) throws SQLException;
    }

    private final Append append;
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock leader = new ReentrantLock();

    GroupCommit(Append append) {
        this.append = append;
    }

    /** @return the position of the last of these rows, once they are durable */
    long write(List<EventRow> rows) throws SQLException {
        Waiting mine = new Waiting(rows, new CompletableFuture<>());
        queue.add(mine);
        leader.lock();
        try {
            if (!mine.written.isDone()) writeAll();
        } finally {
            leader.unlock();
        }
        try {
            return mine.written.join();
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof SQLException sql) throw sql;
            if (e.getCause() instanceof RuntimeException runtime) throw runtime;
            throw e;
        }
    }

    /** Units that wait for whoever writes now. */
    int waiting() {
        return queue.size();
    }

    private void writeAll() {
        List<Waiting> units = new ArrayList<>();
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) units.add(next);
        if (units.size() == 1) {
            writeOne(units.getFirst());
            return;
        }
        List<EventRow> rows = new ArrayList<>();
        for (Waiting unit : units) rows.addAll(unit.rows);
        try {
            long position = append.append(rows) - rows.size();
            for (Waiting unit : units) {
                position += unit.rows.size();
                unit.written.complete(position);
            }
        } catch (SQLException | RuntimeException e) {
            units.forEach(this::writeOne);
        }
    }

    private void writeOne(Waiting unit) {
        try {
            unit.written.complete(append.append(unit.rows));
        } catch (SQLException | RuntimeException e) {
            unit.written.completeExceptionally(e);
        }
    }
}

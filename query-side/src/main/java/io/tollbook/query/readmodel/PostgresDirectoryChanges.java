package io.tollbook.query.readmodel;

import io.tollbook.kernel.DirectoryChange;
import io.tollbook.kernel.DirectoryChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Hears on every node what a directory projection says on one of them: PostgreSQL delivers a notification when the
 * projection's transaction commits, so whoever hears it reads the new rows. While the connection is away nothing is
 * heard, so after each new one everything counts as changed. Keeps one connection of the pool.
 */
final class PostgresDirectoryChanges implements DirectoryChanges, SmartLifecycle {
    static final String CHANNEL = "directory";

    private static final Logger log = LoggerFactory.getLogger(PostgresDirectoryChanges.class);
    private static final DirectoryChange EVERYTHING = new DirectoryChange(DirectoryChange.Kind.ALL, 0);
    /** So long the thread may take to notice that it is to end. */
    private static final int WAIT_MILLIS = 500;
    /** So often a silent connection is asked whether it still lives. */
    private static final int SILENCE_MILLIS = 10_000;

    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    private final DataSource dataSource;
    private final List<Consumer<DirectoryChange>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread thread;

    PostgresDirectoryChanges(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void subscribe(Consumer<DirectoryChange> listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized void start() {
        if (thread != null) return;
        Thread listening =
                Thread.ofPlatform().name("directory-changes").daemon().unstarted(this::run);
        thread = listening;
        listening.start();
    }

    private void run() {
        Duration pause = PAUSE_MIN;
        while (isCurrent()) {
            try (Connection open = dataSource.getConnection();
                    Statement statement = open.createStatement()) {
                open.setAutoCommit(true);
                statement.execute("listen " + CHANNEL);
                publish(EVERYTHING);
                pause = PAUSE_MIN;
                listen(open, statement);
                // It goes back to the pool.
                statement.execute("unlisten *");
            } catch (SQLException | RuntimeException e) {
                if (isCurrent()) log.warn("Directory changes cannot be heard; trying again: {}", e.getMessage());
            }
            if (isCurrent()) LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
    }

    private void listen(Connection open, Statement statement) throws SQLException {
        PGConnection postgres = open.unwrap(PGConnection.class);
        int silent = 0;
        while (isCurrent()) {
            PGNotification[] heard = postgres.getNotifications(WAIT_MILLIS);
            if (heard != null && heard.length > 0) {
                silent = 0;
                for (PGNotification notification : heard) publish(change(notification.getParameter()));
            } else if (++silent * WAIT_MILLIS >= SILENCE_MILLIS) {
                silent = 0;
                statement.execute("select 1");
            }
        }
    }

    static DirectoryChange change(String text) {
        int colon = text.indexOf(':');
        try {
            return new DirectoryChange(
                    DirectoryChange.Kind.valueOf(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
        } catch (RuntimeException e) {
            // Written by another version: whatever it was, forgetting everything covers it.
            return EVERYTHING;
        }
    }

    private void publish(DirectoryChange change) {
        for (Consumer<DirectoryChange> listener : listeners)
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                log.warn("A listener failed at {}", change, e);
            }
    }

    private boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    @Override
    public void stop() {
        Thread listening = thread;
        thread = null;
        if (listening == null) return;
        LockSupport.unpark(listening);
        try {
            listening.join(Duration.ofMillis(4L * WAIT_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}

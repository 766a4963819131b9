package io.tollbook.query.readmodel;

import io.tollbook.kernel.replay.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * A read model built a second time, in tables of its own, as far as one wants. One thread reads and projects, another
 * writes, and nobody who reads or writes the live one notices. What is not put in its place is thrown away.
 */
public final class Shadow implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Shadow.class);
    private static final int PASSED_OVER_MAX = 100_000;

    private final String readModel;
    private final ShadowTables tables;
    private final Handlers handlers;
    private final EventStorageEngine engine;
    private final Connection connection;
    private final Connection redirected;
    private final long startedAt = System.nanoTime();
    private volatile @Nullable TrackingToken reached;
    private volatile long projected;
    private volatile long all;
    private volatile boolean cancelled;

    Shadow(String readModel, ShadowTables tables, Handlers handlers, EventStorageEngine engine, Connection connection) {
        this.readModel = readModel;
        this.tables = tables;
        this.handlers = handlers;
        this.engine = engine;
        this.connection = connection;
        redirected = Redirected.to(tables.schema(), connection);
        reached = engine.createTailToken();
    }

    public String readModel() {
        return readModel;
    }

    public String schema() {
        return tables.schema();
    }

    public List<String> tableNames() {
        return tables.tables();
    }

    /** The connection that writes it; in no transaction between two calls of {@link #advance}. */
    public Connection connection() {
        return connection;
    }

    /** The position of its last event; 0 for none. */
    public long position() {
        return Math.max(0, Store.position(reached));
    }

    /** How many events it has taken in; others passed by without a change. */
    public long projected() {
        return projected;
    }

    @Nullable
    TrackingToken reached() {
        return reached;
    }

    ShadowTables tables() {
        return tables;
    }

    public void cancel() {
        cancelled = true;
    }

    public void checkCancelled() {
        if (cancelled) throw new CancellationException();
    }

    public Progress progress(Progress.State state) {
        long done = position();
        long millis = (System.nanoTime() - startedAt) / 1_000_000;
        return new Progress(readModel, state, done, Math.max(all, done), done * 1_000 / Math.max(1, millis), "");
    }

    /**
     * Goes over the events up to a position, or to the last one there is.
     *
     * @throws CancellationException once {@link #cancel} was called
     */
    public void advance(long upTo) {
        all = upTo;
        try (ExecutorService writer = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("shadow-" + readModel).factory())) {
            long before;
            do {
                before = position();
                pass(upTo, writer);
            } while (position() < upTo && position() > before);
        }
    }

    private void pass(long upTo, ExecutorService writer) {
        Future<?> writing = CompletableFuture.completedFuture(null);
        TrackingToken read = reached;
        Batch batch = new Batch(true);
        int passed = 0;
        try (Stream<? extends TrackedEventMessage<?>> stored = Store.after(engine, read)) {
            Iterator<? extends TrackedEventMessage<?>> events = stored.iterator();
            while (Store.position(read) < upTo && events.hasNext()) {
                TrackedEventMessage<?> event = events.next();
                if (Store.position(event.trackingToken()) > upTo) break;
                handlers.project(event, batch);
                read = event.trackingToken();
                if (batch.events() < ChunkStream.EVENTS_MAX && ++passed < PASSED_OVER_MAX) continue;
                finish(writing);
                checkCancelled();
                writing = write(writer, batch, read);
                batch = new Batch(true);
                passed = 0;
            }
            finish(writing);
            finish(write(writer, batch, read));
        }
    }

    private Future<?> write(ExecutorService writer, Batch batch, @Nullable TrackingToken upTo) {
        return writer.submit(() -> {
            try {
                write(batch);
            } catch (SQLException e) {
                // A month may have begun since the shadow was made, and then the live tables have got its partition.
                connection.rollback();
                if (!tables.addPartitions(connection)) throw e;
                write(batch);
            }
            projected += batch.events();
            reached = upTo;
            return null;
        });
    }

    private void write(Batch batch) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Nobody misses it after a crash; the transaction that puts it in its place makes it durable.
            statement.execute("set local synchronous_commit = off");
        }
        batch.write(redirected);
        connection.commit();
    }

    private static void finish(Future<?> writing) {
        try {
            writing.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql)
                throw new UncategorizedSQLException("writing a shadow", null, sql);
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /** Lets PostgreSQL count the rows, so that the first question after a switch is planned well. */
    void settle() {
        try {
            tables.analyze(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new UncategorizedSQLException("analyzing a shadow", null, e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            try {
                connection.rollback();
                tables.drop(connection);
            } catch (SQLException | RuntimeException e) {
                // A long report still reads what was replaced. The next shadow or the next start removes it.
                log.warn("The shadow of {} could not be removed: {}", readModel, e.getMessage());
                connection.rollback();
            }
            tables.unlock(connection);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            log.warn("The connection of the shadow of {} was lost: {}", readModel, e.getMessage());
        }
    }
}

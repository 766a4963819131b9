package io.tollbook.query.readmodel;

import io.tollbook.kernel.DirectoryChange.Kind;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets read models begin anew, while their processors stand still. */
final class Rebuilds {
    private static final int SEGMENT = 0;

    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final LongSupplier head;
    private final Projections projections;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final JdbcTemplate database;

    Rebuilds(
            StreamableMessageSource<TrackedEventMessage<?>> events,
            LongSupplier head,
            Projections projections,
            TokenStore tokens,
            TransactionManager transactions,
            DataSource dataSource) {
        this.events = events;
        this.head = head;
        this.projections = projections;
        this.tokens = tokens;
        this.transactions = transactions;
        database = new JdbcTemplate(dataSource);
    }

    /**
     * Empties a read model; its processor then fills it from the first event. A processor's own reset would store a token
     * that remembers where it had been, which the JSON serializer writes but refuses to read.
     */
    void empty(String name) {
        transactions.executeInTransaction(() -> {
            // Claims it, or fails: on another node the processor may be running.
            tokens.fetchToken(name, SEGMENT);
            projections.handlers(name).performReset();
            tokens.storeToken(events.createTailToken(), name, SEGMENT);
            tokens.releaseClaim(name, SEGMENT);
        });
    }

    /**
     * Builds the directory again in one transaction. The relay and every session look things up there: until the commit
     * they find the old rows, after it the new ones, and never half of them. The other read models are too large for that.
     */
    void directory() {
        String name = ReadModelNames.DIRECTORY;
        transactions.executeInTransaction(() -> {
            tokens.fetchToken(name, SEGMENT);
            projections.handlers(name).performReset();
            TrackingToken reached = replay();
            tokens.storeToken(reached == null ? events.createTailToken() : reached, name, SEGMENT);
            tokens.releaseClaim(name, SEGMENT);
            database.query("select pg_notify(?, ?)", row -> {}, PostgresDirectoryChanges.CHANNEL, Kind.ALL + ":0");
        });
    }

    private @Nullable TrackingToken replay() {
        ChunkInvoker directory = projections.handlers(ReadModelNames.DIRECTORY);
        Gate open = new Gate();
        long end = head.getAsLong();
        open.raise(end);
        TrackingToken reached = null;
        TrackingToken tail = events.createTailToken();
        long before = tail == null ? -1 : tail.position().orElse(-1);
        try (ChunkStream stream = new ChunkStream(events.openStream(tail), open, before, directory, unreadable -> {})) {
            while (stream.hasNextAvailable() || stream.isBehind()) {
                if (stream.peek().isEmpty()) continue;
                TrackedEventMessage<?> chunk = stream.nextAvailable();
                if (!Chunk.isEmpty(chunk)) project(directory, chunk);
                reached = chunk.trackingToken();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rebuilding the directory", e);
        }
        return reached;
    }

    private static void project(ChunkInvoker directory, TrackedEventMessage<?> chunk) {
        DefaultUnitOfWork.startAndGet(chunk).execute(() -> {
            try {
                directory.replay(chunk);
            } catch (Exception e) {
                throw new IllegalStateException("an event could not be projected", e);
            }
        });
    }
}

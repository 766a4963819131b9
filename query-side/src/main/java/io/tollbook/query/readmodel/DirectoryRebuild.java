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

/**
 * Builds the directory again in one transaction, while its processor stands still. The relay and every session look
 * things up there: until the commit they find the old rows, after it the new ones, and never half of them. The other
 * read models are too large for that and are emptied and filled again in view.
 */
final class DirectoryRebuild {
    private final StreamableMessageSource<TrackedEventMessage<?>> events;
    private final LongSupplier head;
    private final ChunkInvoker projections;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final JdbcTemplate database;

    DirectoryRebuild(
            StreamableMessageSource<TrackedEventMessage<?>> events,
            LongSupplier head,
            ChunkInvoker projections,
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

    void run() {
        transactions.executeInTransaction(() -> {
            int segment = tokens.fetchSegments(ReadModelNames.DIRECTORY)[0];
            // Claims it, or fails: on another node the processor may be running.
            TrackingToken before = tokens.fetchToken(ReadModelNames.DIRECTORY, segment);
            projections.performReset();
            TrackingToken reached = replay();
            if (reached != null) tokens.storeToken(reached, ReadModelNames.DIRECTORY, segment);
            else if (before != null) throw new IllegalStateException("the event store has lost its events");
            tokens.releaseClaim(ReadModelNames.DIRECTORY, segment);
            database.query("select pg_notify(?, ?)", row -> {}, PostgresDirectoryChanges.CHANNEL, Kind.ALL + ":0");
        });
    }

    private @Nullable TrackingToken replay() {
        Gate open = new Gate();
        long end = head.getAsLong();
        open.raise(end);
        TrackingToken reached = null;
        TrackingToken tail = events.createTailToken();
        long before = tail == null ? -1 : tail.position().orElse(-1);
        try (ChunkStream stream =
                new ChunkStream(events.openStream(tail), open, before, projections, unreadable -> {})) {
            while (stream.hasNextAvailable() || stream.isBehind()) {
                if (stream.peek().isEmpty()) continue;
                TrackedEventMessage<?> chunk = stream.nextAvailable();
                if (!Chunk.isEmpty(chunk)) project(chunk);
                reached = chunk.trackingToken();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rebuilding the directory", e);
        }
        return reached;
    }

    private void project(TrackedEventMessage<?> chunk) {
        DefaultUnitOfWork.startAndGet(chunk).execute(() -> {
            try {
                projections.replay(chunk);
            } catch (Exception e) {
                throw new IllegalStateException("an event could not be projected", e);
            }
        });
    }
}

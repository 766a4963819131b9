package io.tollbook.query.readmodel;

import io.tollbook.kernel.DirectoryChange.Kind;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets read models begin anew, while their processors stand still. */
final class Rebuilds {
    private static final int SEGMENT = 0;

    private final EventStorageEngine engine;
    private final Map<String, Handlers> handlers;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final DataSource views;

    Rebuilds(
            EventStorageEngine engine,
            Map<String, Handlers> handlers,
            TokenStore tokens,
            TransactionManager transactions,
            DataSource views) {
        this.engine = engine;
        this.handlers = handlers;
        this.tokens = tokens;
        this.transactions = transactions;
        this.views = views;
    }

    /**
     * Empties a read model; its processor then fills it from the first event. A processor's own reset would store a token
     * that remembers where it had been, which the JSON serializer writes but refuses to read.
     */
    void empty(String name) {
        transactions.executeInTransaction(() -> {
            // Claims it, or fails: on another node the processor may be running.
            tokens.fetchToken(name, SEGMENT);
            handlers.get(name).performReset();
            tokens.storeToken(engine.createTailToken(), name, SEGMENT);
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
            handlers.get(name).performReset();
            tokens.storeToken(replay(handlers.get(name)), name, SEGMENT);
            tokens.releaseClaim(name, SEGMENT);
            new JdbcTemplate(views)
                    .query("select pg_notify(?, ?)", row -> {}, PostgresDirectoryChanges.CHANNEL, Kind.ALL + ":0");
        });
    }

    private @Nullable TrackingToken replay(Handlers directory) {
        TrackingToken reached = engine.createTailToken();
        Batch batch = new Batch(true);
        try (Stream<? extends TrackedEventMessage<?>> events = Store.after(engine, reached)) {
            for (Iterator<? extends TrackedEventMessage<?>> all = events.iterator(); all.hasNext(); ) {
                TrackedEventMessage<?> event = all.next();
                directory.project(event, batch);
                reached = event.trackingToken();
                if (batch.events() >= ChunkStream.EVENTS_MAX) {
                    batch.write(views);
                    batch = new Batch(true);
                }
            }
        }
        batch.write(views);
        return reached;
    }
}

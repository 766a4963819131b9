package io.tollbook.command.account;

import io.tollbook.command.eventstore.PostgresEventStorageEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a no was said of what another node has changed meanwhile. A yes is appended and so meets what others wrote; a no is not,
 * and a user whose calls have ended on another node would be told for ever that they are open.
 *
 * <p>Only the writer's thread asks. It is one look into an index, for each account a few times a second at most.
 */
final class Newness {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int ACCOUNTS_MAX = 1_024;

    private final PostgresEventStorageEngine store;
    private final Map<String, Long> lookedAt = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > ACCOUNTS_MAX;
        }
    };

    Newness(PostgresEventStorageEngine store) {
        this.store = store;
    }

    /** @throws ConcurrencyException if the store knows more, so that it is decided again on that */
    void check(Aggregate<?> remembered) {
        String stream = remembered.identifierAsString();
        long now = System.nanoTime();
        Long before = lookedAt.get(stream);
        if (before != null && now - before < PAUSE_NANOS) return;
        lookedAt.put(stream, now);
        if (isOlder(remembered.version(), store.lastSequenceNumberFor(stream).orElse(-1L)))
            throw new ConcurrencyException(stream + " was changed by another node");
    }

    private static boolean isOlder(@Nullable Long version, long newest) {
        return version != null && version < newest;
    }
}

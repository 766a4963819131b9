package io.tollbook.command.eventstore;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of what the writer has in memory. Axon's own snapshotter reads all events since the last snapshot again, on the
 * writer's thread; here the writer only puts the state into words, between two batches, and another thread stores it.
 *
 * <p>A snapshot is a convenience: one that is lost, or dropped because the database is slow, costs a longer replay.
 *
 * @see "docs/performance.md"
 */
public final class Snapshots implements Snapshotter, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
    private static final int WAITING_MAX = 64;

    private record Due(Class<?> type, String identifier) {}

    private final PostgresEventStorageEngine store;
    private final Function<Class<?>, Repository<?>> repositories;
    private final Set<Due> due = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor storing = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().name("snapshots").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    /** @param repositories finds the repository of an aggregate's class; asked when the first snapshot is due */
    public Snapshots(PostgresEventStorageEngine store, Function<Class<?>, Repository<?>> repositories) {
        this.store = store;
        this.repositories = repositories;
    }

    /** Only notes it: the events that made it due are not durable yet. */
    @Override
    public void scheduleSnapshot(Class<?> aggregateType, String aggregateIdentifier) {
        due.add(new Due(aggregateType, aggregateIdentifier));
    }

    /** Takes what is due. Called by the one thread that changes aggregates, outside of a unit of work. */
    public void take() {
        if (due.isEmpty()) return;
        for (Iterator<Due> all = due.iterator(); all.hasNext(); ) {
            Due next = all.next();
            all.remove();
            take(next);
        }
    }

    private void take(Due next) {
        UnitOfWork<Message<?>> unit = DefaultUnitOfWork.startAndGet(null);
        try {
            Runnable stored =
                    store.snapshot(current(repositories.apply(next.type).load(next.identifier)));
            unit.commit();
            storing.execute(() -> store(next, stored));
        } catch (RuntimeException e) {
            if (unit.isActive()) unit.rollback(e);
            log.warn("No snapshot of {}: {}", next.identifier, e.getMessage());
        }
    }

    private static <T> DomainEventMessage<T> current(Aggregate<T> aggregate) {
        return new GenericDomainEventMessage<>(
                aggregate.type(),
                aggregate.identifierAsString(),
                aggregate.version(),
                aggregate.invoke(UnaryOperator.identity()));
    }

    private static void store(Due snapshot, Runnable stored) {
        try {
            stored.run();
        } catch (RuntimeException e) {
            log.warn("The snapshot of {} was not stored: {}", snapshot.identifier, e.getMessage());
        }
    }

    @Override
    public void close() {
        storing.shutdown();
        try {
            storing.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

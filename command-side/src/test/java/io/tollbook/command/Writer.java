package io.tollbook.command;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollbook.command.account.Account;
import io.tollbook.command.account.AggregateCache;
import io.tollbook.command.account.LedgerPartition;
import io.tollbook.command.account.PartitionCommandBus;
import io.tollbook.command.account.SiteAggregates;
import io.tollbook.command.eventstore.EventNames;
import io.tollbook.command.eventstore.EventSerializer;
import io.tollbook.command.eventstore.PostgresEventStorageEngine;
import io.tollbook.command.eventstore.Snapshots;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.secret.Vault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The real writer on a real database: what is sent here is decided and stored as in production, so that a test also sees
 * what a refused command leaves behind.
 */
public final class Writer implements AutoCloseable {
    public static final int SNAPSHOT_EVERY = 20;

    private final PostgresEventStorageEngine engine;
    private final EmbeddedEventStore store;
    private final Map<Class<?>, Repository<?>> repositories = new HashMap<>();
    private final AggregateCache cache = new AggregateCache(10_000);
    private final Snapshots snapshots;
    private final LedgerPartition partition;
    private final PartitionCommandBus bus;
    private final Repository<Account> accounts;
    private final ParameterResolverFactory parameters;

    public Writer(Vault vault) {
        JdbcClient.create(TestDatabase.dataSource())
                .sql("truncate events.event, events.snapshot")
                .update();
        engine = PostgresEventStorageEngine.create(
                TestDatabase.dataSource(), new EventSerializer(EventNames.scan()), new SimpleMeterRegistry());
        store = EmbeddedEventStore.builder().storageEngine(engine).build();
        parameters = MultiParameterResolverFactory.ordered(
                ClasspathParameterResolverFactory.forClass(Writer.class),
                new SimpleResourceParameterResolverFactory(List.of(vault)));
        snapshots = new Snapshots(engine, repositories::get);
        accounts = repository(Account.class);
        partition = new LedgerPartition(() -> accounts, engine, snapshots, new SimpleMeterRegistry());
        bus = new PartitionCommandBus(() -> partition);
        partition.start();
    }

    public Repository<Account> accounts() {
        return accounts;
    }

    /** A repository whose aggregate also handles commands itself. */
    public <T> Repository<T> aggregate(Class<T> type) {
        Repository<T> repository = repository(type);
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(type)
                .repository(repository)
                .parameterResolverFactory(parameters)
                .build()
                .subscribe(bus);
        return repository;
    }

    @SuppressWarnings("unchecked")
    public <T> Repository<T> repository(Class<T> type) {
        return (Repository<T>) repositories.computeIfAbsent(type, t -> {
            EventSourcingRepository.Builder<T> builder = EventSourcingRepository.builder(type)
                    .eventStore(store)
                    .lockFactory(NullLockFactory.INSTANCE)
                    .parameterResolverFactory(parameters);
            Aggregate how = type.getAnnotation(Aggregate.class);
            if (!how.snapshotTriggerDefinition().isEmpty())
                builder.snapshotTriggerDefinition(new EventCountSnapshotTriggerDefinition(snapshots, SNAPSHOT_EVERY));
            return how.cache().isEmpty()
                    ? builder.build()
                    : builder.cache(cache).build();
        });
    }

    /** As after a start: the next command reads what is stored. */
    public void forget() {
        cache.removeAll();
    }

    /** Makes what was stored before unreadable, so that a test sees who still reads it. */
    public void loseEventsBefore(String stream, long sequence) {
        JdbcClient.create(TestDatabase.dataSource())
                .sql("delete from events.event where stream = ? and sequence < ?")
                .params(stream, sequence)
                .update();
    }

    /** The sequence that a stream's snapshot has taken in; -1 while there is none. */
    public long snapshotOf(String stream) {
        return JdbcClient.create(TestDatabase.dataSource())
                .sql("select coalesce(max(sequence), -1) from events.snapshot where stream = ?")
                .param(stream)
                .query(Long.class)
                .single();
    }

    /** Repeats a stream's last event with other words, as another node would write it. */
    public void elsewhere(String stream, String said, String says) {
        JdbcClient.create(TestDatabase.dataSource())
                .sql("""
                        insert into events.event
                        select (select max(position) + 1 from events.event), stream, sequence + 1, aggregate,
                            gen_random_uuid(), name, version, recorded_at, replace(payload, ?, ?), metadata
                        from events.event where stream = ? order by sequence desc limit 1
                        """)
                .params(said, says, stream)
                .update();
    }

    /** What keeps this writer's options, prices and catalogue as new as the store. */
    public SiteAggregates site(Map<String, Class<?>> types) {
        return new SiteAggregates(cache, partition, engine, stream -> repository(types.get(stream)));
    }

    public void handler(Object annotated) {
        new AnnotationCommandHandlerAdapter<>(annotated, parameters).subscribe(bus);
    }

    /** @throws Refused as the command's handler did */
    public <R> R send(Command<R> command, Actor actor) {
        return send(command, actor, "");
    }

    /** @throws Refused as the command's handler did */
    public <R> R send(Command<R> command, Actor actor, String reason) {
        try {
            return submit(command, actor, reason).join();
        } catch (java.util.concurrent.CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    public <R> CompletableFuture<R> submit(Command<R> command, Actor actor) {
        return submit(command, actor, "");
    }

    @SuppressWarnings("unchecked")
    public <R> CompletableFuture<R> submit(Command<R> command, Actor actor, String reason) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("kind", actor.kind().name());
        metadata.put("role", actor.role().name());
        if (actor.user() != null)
            metadata.put("actor", Long.toString(actor.user().value()));
        if (!reason.isEmpty()) metadata.put("reason", reason);
        CompletableFuture<R> answer = new CompletableFuture<>();
        bus.dispatch(
                new GenericCommandMessage<>(command).withMetaData(metadata),
                (sent, result) -> complete(answer, (CommandResultMessage<R>) result));
        return answer;
    }

    private static <R> void complete(CompletableFuture<R> answer, CommandResultMessage<R> result) {
        if (!result.isExceptional()) {
            answer.complete(result.getPayload());
            return;
        }
        Throwable fault = result.exceptionResult();
        while (!(fault instanceof Refused) && fault.getCause() != null) fault = fault.getCause();
        answer.completeExceptionally(fault);
    }

    /** The events of one stream, from its first. */
    public List<Event> stream(String name) {
        return store.readEvents(name, 0)
                .asStream()
                .map(EventMessage::getPayload)
                .map(Event.class::cast)
                .toList();
    }

    /** The metadata of one stream's last event. */
    public Map<String, Object> metadataOfLast(String name) {
        return Map.copyOf(
                store.readEvents(name, 0).asStream().toList().getLast().getMetaData());
    }

    /** How many events there are in all streams. */
    public long count() {
        return engine.head();
    }

    @Override
    public void close() {
        partition.close();
        snapshots.close();
        store.shutDown();
        engine.close();
    }
}

package io.tollbook.command;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollbook.command.account.Account;
import io.tollbook.command.account.LedgerPartition;
import io.tollbook.command.account.PartitionCommandBus;
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
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventhandling.EventMessage;
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
    private final PostgresEventStorageEngine engine;
    private final EmbeddedEventStore store;
    private final Map<Class<?>, Repository<?>> repositories = new HashMap<>();
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
        accounts = repository(Account.class);
        partition = new LedgerPartition(
                () -> accounts, engine, new Snapshots(engine, repositories::get), new SimpleMeterRegistry());
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
            boolean cached = !type.getAnnotation(Aggregate.class).cache().isEmpty();
            return cached ? builder.cache(new WeakReferenceCache()).build() : builder.build();
        });
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
        return store.readEvents(name)
                .asStream()
                .map(EventMessage::getPayload)
                .map(Event.class::cast)
                .toList();
    }

    /** The metadata of one stream's last event. */
    public Map<String, Object> metadataOfLast(String name) {
        return Map.copyOf(store.readEvents(name).asStream().toList().getLast().getMetaData());
    }

    /** How many events there are in all streams. */
    public long count() {
        return engine.head();
    }

    @Override
    public void close() {
        partition.close();
        store.shutDown();
        engine.close();
    }
}

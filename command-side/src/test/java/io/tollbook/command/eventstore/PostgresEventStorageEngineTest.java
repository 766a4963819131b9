package io.tollbook.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollbook.command.TestDatabase;
import io.tollbook.kernel.Event;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.access.CommandRefused;
import io.tollbook.kernel.account.AccountFrozen;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.AccountOpened;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.QuotaGranted;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresEventStorageEngineTest {
    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
    private PostgresEventStorageEngine engine;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate events.event, events.snapshot").update();
        engine = open();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void readsBackWhatWasWritten() {
        EventMessage<?> granted = event("account-1", 1, grant(7)).withMetaData(MetaData.with("actor", "1"));
        engine.appendEvents(event("account-1", 0, opened(1)), granted);

        List<? extends DomainEventMessage<?>> stream =
                engine.readEvents("account-1").asStream().toList();
        assertThat(stream).extracting(message -> (Object) message.getPayload()).containsExactly(opened(1), grant(7));
        assertThat(stream.get(1).getMetaData()).containsEntry("actor", "1");
        assertThat(stream.get(1).getIdentifier()).isEqualTo(granted.getIdentifier());
        assertThat(stream.get(1).getType()).isEqualTo("Account");
    }

    @Test
    void itsOwnEventsAreReadFromMemoryAsTheyWouldBeFromTheDatabase() {
        EventMessage<?> granted = event("account-1", 1, grant(7)).withMetaData(MetaData.with("count", 7L));
        engine.appendEvents(event("account-1", 0, opened(1)), granted);
        engine.appendEvents(new GenericEventMessage<>(opened(2)));
        List<Object> fromDatabase;
        try (PostgresEventStorageEngine other = open()) {
            fromDatabase = tracked(other);
        }
        jdbc.sql("delete from events.event").update();

        assertThat(tracked(engine)).hasSize(3).isEqualTo(fromDatabase);
    }

    private static List<Object> tracked(PostgresEventStorageEngine engine) {
        return engine.readEvents(null, false)
                .map(event -> (Object) List.of(
                        event.trackingToken(),
                        event.getIdentifier(),
                        event.getTimestamp(),
                        event.getPayload(),
                        event.getMetaData(),
                        String.valueOf(((DomainEventMessage<?>) event).getType()),
                        ((DomainEventMessage<?>) event).getAggregateIdentifier(),
                        ((DomainEventMessage<?>) event).getSequenceNumber()))
                .toList();
    }

    @Test
    void eventsOfAnotherProcessAreReadInBetween() {
        engine.appendEvents(event("account-1", 0, opened(1)));
        try (PostgresEventStorageEngine other = open()) {
            other.appendEvents(event("account-2", 0, opened(2)));
            engine.appendEvents(event("account-3", 0, opened(3)));

            assertThat(positions(engine, null)).containsExactly(1L);
            assertThat(positions(engine, 1L)).containsExactly(2L, 3L);
            assertThat(positions(engine, 2L)).containsExactly(3L);
            assertThat(positions(engine, 3L)).isEmpty();
        }
    }

    private static List<Long> positions(PostgresEventStorageEngine engine, @Nullable Long after) {
        return engine.readEvents(after == null ? null : new GlobalSequenceTrackingToken(after), false)
                .map(event -> event.trackingToken().position().orElseThrow())
                .toList();
    }

    @Test
    void storesAnEventUnderItsNameAndNeverItsClass() {
        engine.appendEvents(event("account-1", 0, opened(1)));

        assertThat(jdbc.sql("select name || '.' || version || ' ' || payload from events.event")
                        .query(String.class)
                        .single())
                .isEqualTo("account.opened.1 {\"account\":1,\"owner\":1}");
    }

    @Test
    void numbersEventsWithoutGaps() {
        engine.appendEvents(event("account-1", 0, opened(1)), event("account-2", 0, opened(2)));
        engine.appendEvents(event("account-3", 0, opened(3)));

        assertThat(positions()).containsExactly(1L, 2L, 3L);
        assertThat(engine.head()).isEqualTo(3);
    }

    @Test
    void refusesASequenceThatExistsAndWritesNothing() {
        engine.appendEvents(event("account-1", 0, opened(1)), event("account-1", 1, new AccountFrozen(id(1))));

        assertThatThrownBy(() -> engine.appendEvents(event("account-2", 0, opened(2)), event("account-1", 1, grant(7))))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(positions()).containsExactly(1L, 2L);
        engine.appendEvents(event("account-2", 0, opened(2)));
        assertThat(positions()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void refusesToCreateAStreamTwice() {
        engine.appendEvents(event("account-1", 0, opened(1)));

        assertThatThrownBy(() -> engine.appendEvents(event("account-1", 0, opened(1))))
                .isInstanceOf(AggregateStreamCreationException.class);
    }

    @Test
    void keepsEventsWithoutAggregate() {
        CommandRefused refused = new CommandRefused("DeleteUser", 3, Refusal.ROOT_PROTECTED, Instant.EPOCH);
        engine.appendEvents(new GenericEventMessage<>(refused));

        List<? extends TrackedEventMessage<?>> all =
                engine.readEvents(null, false).toList();
        assertThat(all).hasSize(1);
        assertThat((Object) all.getFirst().getPayload()).isEqualTo(refused);
    }

    @Test
    void readsOnFromAPosition() {
        for (int i = 1; i <= 5; i++) engine.appendEvents(event("account-" + i, 0, opened(i)));

        assertThat(engine.readEvents(new GlobalSequenceTrackingToken(3), false)
                        .map(message -> message.trackingToken().position().orElseThrow()))
                .containsExactly(4L, 5L);
        assertThat(engine.createHeadToken().position()).hasValue(5);
    }

    @Test
    void twoNodesShareOneOrderWithoutGaps() throws Exception {
        int eventsEach = 200;
        try (PostgresEventStorageEngine other = open();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                PostgresEventStorageEngine node = w % 2 == 0 ? engine : other;
                int first = w * eventsEach + 1;
                writers.add(threads.submit(() -> {
                    for (int i = first; i < first + eventsEach; i++)
                        node.appendEvents(event("account-" + i, 0, opened(i)));
                }));
            }
            for (Future<?> writer : writers) writer.get();
        }
        assertThat(positions())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 4L * eventsEach).boxed().toList());
    }

    @Test
    void keepsTheNewestSnapshot() {
        engine.storeSnapshot(snapshot(5, opened(1)));
        engine.storeSnapshot(snapshot(9, opened(2)));
        engine.storeSnapshot(snapshot(7, opened(3)));

        assertThat(engine.readSnapshot("account-1").orElseThrow().getSequenceNumber())
                .isEqualTo(9);
    }

    @Test
    void passesOverASnapshotOfAnotherVersion() {
        engine.storeSnapshot(snapshot(5, opened(1)));
        jdbc.sql("update events.snapshot set version = 99").update();

        assertThat(engine.readSnapshot("account-1")).isEmpty();
    }

    @Test
    void findsTheOutcomeOfACommitWhoseConnectionBroke() throws Exception {
        EventRow row = new EventRow(
                "account-1",
                0,
                "Account",
                "00000000-0000-0000-0000-000000000001",
                "account.opened",
                1,
                Instant.EPOCH,
                "{\"account\":1,\"owner\":1}",
                "{}");
        FlakyDataSource flaky = new FlakyDataSource(TestDatabase.dataSource());
        try (DurableAppend append = new DurableAppend(flaky)) {
            flaky.breakAfterNextUpdate();
            assertThat(append.append(List.of(row))).isEqualTo(1);
        }
        assertThat(positions()).containsExactly(1L);
    }

    @Test
    void writesAgainWhenTheConnectionBrokeBeforeTheCommit() throws Exception {
        FlakyDataSource flaky = new FlakyDataSource(TestDatabase.dataSource());
        try (DurableAppend append = new DurableAppend(flaky)) {
            flaky.breakBeforeNextUpdate();
            assertThat(append.append(List.of(new EventRow(
                            "account-1",
                            0,
                            "Account",
                            "00000000-0000-0000-0000-000000000001",
                            "account.opened",
                            1,
                            Instant.EPOCH,
                            "{}",
                            "{}"))))
                    .isEqualTo(1);
            assertThat(append.isWriting()).isTrue();
        }
        assertThat(positions()).containsExactly(1L);
    }

    private static PostgresEventStorageEngine open() {
        return PostgresEventStorageEngine.create(
                TestDatabase.dataSource(), new EventSerializer(EventNames.scan()), new SimpleMeterRegistry());
    }

    private List<Long> positions() {
        return jdbc.sql("select position from events.event order by position")
                .query(Long.class)
                .list();
    }

    private static EventMessage<?> event(String stream, long sequence, Event payload) {
        return new GenericDomainEventMessage<>("Account", stream, sequence, payload);
    }

    private static DomainEventMessage<?> snapshot(long sequence, Event payload) {
        return new GenericDomainEventMessage<>("Account", "account-1", sequence, payload);
    }

    private static AccountId id(long number) {
        return new AccountId(number);
    }

    private static AccountOpened opened(long number) {
        return new AccountOpened(id(number), new UserId(number));
    }

    private static QuotaGranted grant(long amount) {
        return new QuotaGranted(
                id(1),
                new LotId("g"),
                LotClass.PAID,
                Quota.of(amount),
                Quota.ZERO,
                0,
                null,
                "test",
                Quota.of(amount),
                Instant.EPOCH);
    }
}

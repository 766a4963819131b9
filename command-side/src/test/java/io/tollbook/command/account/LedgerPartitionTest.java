package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollbook.command.Network;
import io.tollbook.command.TestDatabase;
import io.tollbook.command.eventstore.EventNames;
import io.tollbook.command.eventstore.EventSerializer;
import io.tollbook.command.eventstore.PostgresEventStorageEngine;
import io.tollbook.command.eventstore.Snapshots;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.CallTiming;
import io.tollbook.kernel.account.GrantQuota;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.LotClass;
import io.tollbook.kernel.account.LotId;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.axonframework.common.lock.NullLockFactory;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.modelling.command.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LedgerPartitionTest {
    private static final AccountId ANN = new AccountId(17);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final int SNAPSHOT_EVERY = 50;

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
    private PostgresEventStorageEngine engine;
    private EmbeddedEventStore store;
    private Repository<Account> accounts;
    private Snapshots snapshots;
    private LedgerPartition ledger;

    @BeforeEach
    void start() {
        jdbc.sql("truncate events.event, events.snapshot").update();
        open();
        open(ANN, 1_000);
    }

    private void open() {
        open(TestDatabase.dataSource());
    }

    private void open(DataSource dataSource) {
        engine = PostgresEventStorageEngine.create(
                dataSource, new EventSerializer(EventNames.scan()), new SimpleMeterRegistry());
        store = EmbeddedEventStore.builder().storageEngine(engine).build();
        snapshots = new Snapshots(engine, type -> accounts);
        accounts = EventSourcingRepository.builder(Account.class)
                .eventStore(store)
                .cache(new AggregateCache(100))
                .lockFactory(NullLockFactory.INSTANCE)
                .snapshotTriggerDefinition(new EventCountSnapshotTriggerDefinition(snapshots, SNAPSHOT_EVERY))
                .build();
        ledger = new LedgerPartition(() -> accounts, engine, snapshots, new SimpleMeterRegistry());
        ledger.start();
    }

    @AfterEach
    void stop() {
        ledger.close();
        snapshots.close();
        store.shutDown();
        engine.close();
    }

    @Test
    void neverHoldsMoreThanThereIs() {
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Void>> holds = new ArrayList<>();
        for (int i = 0; i < 500; i++)
            holds.add(ledger.hold(hold("h" + i, 100)).exceptionally(fault -> {
                assertThat(refusal(fault)).isEqualTo(Refusal.INSUFFICIENT_QUOTA);
                refused.incrementAndGet();
                return null;
            }));
        holds.forEach(CompletableFuture::join);

        assertThat(refused).hasValue(490);
        assertThat(count("account.funds-held")).isEqualTo(10);
    }

    @Test
    void aRefusalLeavesItsNeighboursAlone() {
        CompletableFuture<Void> first = ledger.hold(hold("h1", 600));
        CompletableFuture<Void> tooMuch = ledger.hold(hold("h2", 600));
        CompletableFuture<Void> last = ledger.hold(hold("h3", 400));

        first.join();
        last.join();
        assertThatThrownBy(tooMuch::join).hasCauseInstanceOf(Refused.class);
        assertThat(count("account.funds-held")).isEqualTo(2);
    }

    @Test
    void aFaultFailsAloneAndLeavesNothingBehind() {
        CompletableFuture<LedgerPartition.Decided> fault = ledger.submit(
                () -> {
                    accounts.load(ANN.toString()).execute(account -> account.handle(hold("h1", 600)));
                    throw new IllegalStateException("a bug");
                },
                Map.of());
        CompletableFuture<Void> next = ledger.hold(hold("h2", 1_000));

        assertThatThrownBy(fault::join).hasCauseInstanceOf(IllegalStateException.class);
        next.join();
        assertThat(count("account.funds-held")).isEqualTo(1);
    }

    @Test
    void aRefusalAfterAnEventTakesTheEventBack() {
        CompletableFuture<LedgerPartition.Decided> late = ledger.submit(
                () -> {
                    accounts.load(ANN.toString()).execute(account -> account.handle(hold("h1", 600)));
                    throw new Refused(Refusal.NOT_PERMITTED);
                },
                Map.of());
        CompletableFuture<Void> next = ledger.hold(hold("h2", 1_000));

        assertThatThrownBy(late::join).hasCauseInstanceOf(Refused.class);
        next.join();
        assertThat(count("account.funds-held")).isEqualTo(1);
    }

    @Test
    void refusesAnAccountThatDoesNotExist() {
        HoldFunds hold = new HoldFunds(
                new AccountId(99),
                new HoldId("h"),
                new UserId(99),
                new TokenId(1),
                "gpt",
                "default",
                1,
                new ChannelId(1),
                Quota.of(1),
                false,
                "node",
                NOW,
                NOW);
        assertThatThrownBy(() -> ledger.hold(hold).join())
                .satisfies(fault -> assertThat(refusal(fault)).isEqualTo(Refusal.NOT_FOUND));
    }

    @Test
    void answersWithThePositionOfTheLastEvent() {
        LedgerPartition.Decided decided = ledger.submit(
                        () -> {
                            accounts.load(ANN.toString()).execute(account -> account.handle(hold("h1", 1)));
                            return "done";
                        },
                        Map.of("actor", "1"))
                .join();

        assertThat(decided.value()).isEqualTo("done");
        assertThat(decided.position()).isEqualTo(engine.head());
        assertThat(jdbc.sql("select metadata from events.event where position = ?")
                        .param(decided.position())
                        .query(String.class)
                        .single())
                .isEqualTo("{\"actor\":\"1\"}");
    }

    @Test
    void anotherNodeThatWroteMeanwhileIsHeardBeforeDeciding() {
        ledger.hold(hold("h1", 100)).join();
        LedgerPartition mine = ledger;
        PostgresEventStorageEngine myEngine = engine;
        EmbeddedEventStore myStore = store;
        open();
        ledger.hold(hold("h2", 700)).join();

        assertThatThrownBy(() -> mine.hold(hold("h3", 700)).join())
                .satisfies(fault -> assertThat(refusal(fault)).isEqualTo(Refusal.INSUFFICIENT_QUOTA));
        mine.hold(hold("h4", 200)).join();
        mine.close();
        myStore.shutDown();
        myEngine.close();
    }

    @Test
    void startsFromASnapshotWhereItLeftOff() {
        for (int i = 0; i < 2 * SNAPSHOT_EVERY; i++) {
            ledger.hold(hold("h" + i, 10)).join();
            ledger.settle(settle("h" + i, 1)).join();
        }
        ledger.hold(hold("open", 500)).join();
        Awaitility.await()
                .until(() -> jdbc.sql("select count(*) from events.snapshot")
                                .query(Long.class)
                                .single()
                        == 1);
        stop();
        open();

        ledger.hold(hold("next", 400)).join();
        assertThatThrownBy(() -> ledger.hold(hold("more", 1)).join())
                .satisfies(fault -> assertThat(refusal(fault)).isEqualTo(Refusal.INSUFFICIENT_QUOTA));
        ledger.settle(settle("open", 500)).join();
    }

    @Test
    void losesNothingWhileTheDatabaseIsAway() {
        stop();
        try (Network network = new Network(TestDatabase.port())) {
            open(TestDatabase.dataSource(network.port()));
            List<CompletableFuture<Void>> settlements = new ArrayList<>();
            for (int i = 0; i < 50; i++) ledger.hold(hold("h" + i, 10)).join();
            for (int i = 0; i < 50; i++) {
                if (i == 25) network.cut();
                settlements.add(ledger.settle(settle("h" + i, 7)));
            }
            Awaitility.await().until(() -> !ledger.isWriting());

            assertThatThrownBy(() -> ledger.hold(hold("late", 10)).join())
                    .satisfies(fault -> assertThat(refusal(fault)).isEqualTo(Refusal.LEDGER_UNAVAILABLE));
            assertThat(settlements).anyMatch(settlement -> !settlement.isDone());
            network.mend();
            settlements.forEach(CompletableFuture::join);
            Awaitility.await().until(ledger::isWriting);
            ledger.hold(hold("next", 650)).join();
            stop();
        }
        open();

        assertThat(count("account.usage-settled")).isEqualTo(50);
        assertThat(count("account.funds-held")).isEqualTo(51);
        assertThat(jdbc.sql("select max(position) - count(*) from events.event")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private void open(AccountId account, long quota) {
        ledger.submit(
                        () -> {
                            accounts.newInstance(() -> new Account(new OpenAccount(account, new UserId(17))))
                                    .execute(opened -> opened.handle(new GrantQuota(
                                            account,
                                            new LotId("g1"),
                                            LotClass.PAID,
                                            Quota.of(quota),
                                            0,
                                            null,
                                            "test",
                                            NOW)));
                            return null;
                        },
                        Map.of())
                .join();
    }

    private long count(String name) {
        return jdbc.sql("select count(*) from events.event where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    private static Refusal refusal(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        return ((Refused) cause).refusal();
    }

    private static HoldFunds hold(String id, long amount) {
        return new HoldFunds(
                ANN,
                new HoldId(id),
                new UserId(17),
                new TokenId(1),
                "gpt",
                "default",
                1,
                new ChannelId(1),
                Quota.of(amount),
                false,
                "node",
                NOW,
                NOW.plusSeconds(60));
    }

    private static SettleUsage settle(String id, long charge) {
        return new SettleUsage(
                ANN,
                new HoldId(id),
                new Meters(Map.of(Meter.INPUT, 1L)),
                Provenance.REPORTED,
                Quota.of(charge),
                List.of(new Attempt(new ChannelId(1), "gpt", Attempt.Outcome.ANSWERED, 200, 1)),
                new CallTiming(NOW, 1, 2, false),
                null,
                null);
    }
}

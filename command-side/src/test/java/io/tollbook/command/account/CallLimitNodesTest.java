package io.tollbook.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollbook.command.TestDatabase;
import io.tollbook.command.eventstore.EventNames;
import io.tollbook.command.eventstore.EventSerializer;
import io.tollbook.command.eventstore.PostgresEventStorageEngine;
import io.tollbook.command.eventstore.Snapshots;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.HoldFunds;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.account.OpenAccount;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.ReleaseHold;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.limit.CallLimit;
import io.tollbook.kernel.limit.CallLimits;
import io.tollbook.kernel.limit.CallScope;
import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

/** Two nodes with a writer and a memory each, one database. */
class CallLimitNodesTest {
    private static final AccountId ANN = new AccountId(17);
    private static final UserId USER = new UserId(17);
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final int SNAPSHOT_EVERY = 20;

    private static final class Node implements AutoCloseable {
        final PostgresEventStorageEngine engine = PostgresEventStorageEngine.create(
                TestDatabase.dataSource(), new EventSerializer(EventNames.scan()), new SimpleMeterRegistry());
        final EmbeddedEventStore store =
                EmbeddedEventStore.builder().storageEngine(engine).build();
        final Snapshots snapshots = new Snapshots(engine, type -> accounts());
        final Repository<Account> accounts = EventSourcingRepository.builder(Account.class)
                .eventStore(store)
                .cache(new AggregateCache(100))
                .lockFactory(NullLockFactory.INSTANCE)
                .snapshotTriggerDefinition(new EventCountSnapshotTriggerDefinition(snapshots, SNAPSHOT_EVERY))
                .build();
        final LedgerPartition ledger =
                new LedgerPartition(this::accounts, engine, snapshots, new SimpleMeterRegistry());

        Node() {
            ledger.start();
        }

        private Repository<Account> accounts() {
            return accounts;
        }

        @Override
        public void close() {
            ledger.close();
            snapshots.close();
            store.shutDown();
            engine.close();
        }
    }

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
    private Node one;
    private Node two;

    @BeforeEach
    void start() {
        jdbc.sql("truncate events.event, events.snapshot").update();
        one = new Node();
        two = new Node();
        one.ledger
                .submit(() -> one.accounts.newInstance(() -> new Account(new OpenAccount(ANN, USER))), Map.of())
                .join();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void manyCallsAtOnceOverBothNeverGoBeyondAnyLimit() {
        CallLimits limits = new CallLimits(
                NOW, 1, List.of(new CallLimit(CallScope.USER, 0, 40), new CallLimit(CallScope.TOKEN, 30, 0)), 0, 0);
        List<CompletableFuture<Boolean>> passed = new ArrayList<>();
        for (int i = 0; i < 500; i++) passed.add(passes(i % 2 == 0 ? one : two, "h" + i, limits));

        assertThat(passed.stream().filter(CompletableFuture::join)).hasSize(30);
        assertThat(heldCalls()).isEqualTo(30);
    }

    @Test
    void manyCallsAtOnceOverBothNeverHaveMoreOpenThanTheyMay() {
        CallLimits limits = new CallLimits(NOW, 1, List.of(), 7, 0);
        List<CompletableFuture<Boolean>> passed = new ArrayList<>();
        for (int i = 0; i < 500; i++) passed.add(passes(i % 2 == 0 ? one : two, "h" + i, limits));

        assertThat(passed.stream().filter(CompletableFuture::join)).hasSize(7);
        assertThat(heldCalls()).isEqualTo(7);
    }

    @Test
    void whatTheOtherNodeLetInCounts() {
        CallLimits limits = new CallLimits(NOW, 1, List.of(new CallLimit(CallScope.USER, 2, 0)), 0, 0);
        assertThat(passes(one, "a", limits).join()).isTrue();
        assertThat(passes(two, "b", limits).join()).isTrue();
        assertThat(passes(one, "c", limits).join()).isFalse();
        assertThat(passes(two, "d", limits).join()).isFalse();
    }

    @Test
    void aCallThatEndedOnTheOtherNodeIsNotOpenHere() {
        CallLimits limits = new CallLimits(NOW, 1, List.of(), 2, 0);
        assertThat(passes(one, "a", limits).join()).isTrue();
        assertThat(passes(two, "b", limits).join()).isTrue();
        one.ledger.release(release("a")).join();

        // This node knows of no release, and would never hear of it if it only looked into its memory.
        assertThat(passes(two, "c", limits).join()).isTrue();
        assertThat(passes(two, "d", limits).join()).isFalse();
    }

    @Test
    void aRestartForgetsNoCallOfTheWindow() {
        CallLimits limits = new CallLimits(NOW, 1, List.of(new CallLimit(CallScope.USER, 0, 25)), 0, 0);
        for (int i = 0; i < 24; i++)
            assertThat(passes(one, "h" + i, limits).join()).isTrue();
        one.ledger.release(release("h0")).join();
        Awaitility.await()
                .until(() -> jdbc.sql("select count(*) from events.snapshot")
                                .query(Long.class)
                                .single()
                        == 1);
        one.close();
        one = new Node();

        assertThat(passes(one, "x", limits).join()).isTrue();
        // A call that began before it fails after it.
        one.ledger.release(release("h1")).join();
        assertThat(passes(one, "y", limits).join()).isTrue();
        assertThat(passes(one, "z", limits).join()).isTrue();
        assertThat(passes(one, "more", limits).join()).isFalse();
    }

    private long heldCalls() {
        return jdbc.sql("select count(*) from events.event where name = 'account.funds-held'")
                .query(Long.class)
                .single();
    }

    private static CompletableFuture<Boolean> passes(Node node, String hold, CallLimits limits) {
        return node.ledger
                .hold(new HoldFunds(
                        ANN,
                        new HoldId(hold),
                        USER,
                        new TokenId(3),
                        "gpt",
                        "default",
                        1,
                        new ChannelId(2),
                        Quota.ZERO,
                        false,
                        "node",
                        NOW,
                        NOW.plusSeconds(3_600),
                        limits))
                .handle((done, fault) -> {
                    if (fault == null) return true;
                    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
                    assertThat(cause).isInstanceOf(LimitReached.class);
                    return false;
                });
    }

    private static ReleaseHold release(String hold) {
        return new ReleaseHold(
                ANN, new HoldId(hold), ReleaseCause.UPSTREAM_FAILED, "bad_response", 502, List.of(), NOW);
    }
}

package io.tollbook.query.readmodel;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RebuildsTest {
    /** Enough to go on during three rebuilds, and little enough for the tests that come after. */
    private static final int CALLS_MAX = 3_000;

    private final ReadModels readModels = TestSystem.bean(ReadModels.class);

    @Test
    void everyTableBelongsToOneReadModel() {
        Set<String> others = Set.of(
                "token_entry",
                "saga_entry",
                "association_value_entry",
                "dead_letter_entry",
                "flyway_schema_history",
                "session",
                "replay_difference");
        List<String> owned = new ArrayList<>();
        for (String name : ReadModelNames.ALL) owned.addAll(ReadModelNames.tables(name));
        assertThat(owned).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(owned))
                .isEqualTo(new TreeSet<>(TestSystem.views()
                        .fetch("select relname from pg_class where relnamespace = 'views'::regnamespace"
                                + " and relkind in ('r', 'p') and not relispartition")
                        .getValues(0, String.class)
                        .stream()
                        .filter(table -> !others.contains(table))
                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory", "balance", "holds", "usage-log", "statistics", "ledger", "performance"})
    void whatTakesItsPlaceIsMadeTheSame(String name) {
        TestSystem.publish(World.grant(TestSystem.number(), "lot", 1, 1, null));
        List<String> before = schema();
        TestSystem.rebuild(name);
        assertThat(schema()).isEqualTo(before);
        assertThat(leftovers()).isEmpty();
    }

    /** Columns, indexes, constraints and settings, with their names. */
    private static List<String> schema() {
        return TestSystem.views().fetch("""
                        select c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                            || a.attnotnull::text || coalesce(array_to_string(c.reloptions, ','), '')
                        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
                        where c.relnamespace = 'views'::regnamespace and not a.attisdropped
                        union all select indexdef from pg_indexes where schemaname = 'views'
                        union all select conname || conrelid::regclass::text || pg_get_constraintdef(oid)
                            from pg_constraint where connamespace = 'views'::regnamespace
                        union all select inhrelid::regclass::text || inhparent::regclass::text from pg_inherits
                        order by 1
                        """).getValues(0, String.class);
    }

    private static List<String> leftovers() {
        return TestSystem.views()
                .fetch("select nspname from pg_namespace where nspname like '%shadow%'")
                .getValues(0, String.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"balance", "usage-log", "statistics", "holds"})
    void rebuildingUnderLoadLosesNothingAndAnswersEveryRead(String name) throws Exception {
        long account = TestSystem.number();
        TestSystem.publish(World.account(account, 1_000_000));
        AtomicBoolean done = new AtomicBoolean();
        List<Long> seen = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                while (!done.get()) seen.add(rows(account));
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
        int[] calls = new int[1];
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!done.get() && calls[0] < CALLS_MAX) {
                String hold = account + "-" + calls[0]++;
                store(held(account, account, hold, 10, 1), settled(account, account, hold, 10, 7, 1));
            }
        });
        try {
            for (int i = 0; i < 3; i++) {
                readModels.rebuild(name);
                assertThat(TestSystem.rebuilt(name).state()).isEqualTo(Progress.State.DONE);
            }
        } finally {
            done.set(true);
            writer.join();
            reader.join();
        }
        TestSystem.caughtUp();

        assertThat(failures).isEmpty();
        // Never an empty or an older state: what was seen only grows.
        assertThat(seen).isSorted().doesNotContain(0L);
        assertThat(calls[0]).isPositive();
        assertThat(TestSystem.ask(new BalanceOf(new AccountId(account))).calls())
                .isEqualTo(calls[0]);
        assertThat(TestSystem.ask(new BalanceOf(new AccountId(account))).held()).isEqualTo(Quota.ZERO);
        assertThat(TestSystem.views()
                        .fetchSingle("select count(*) from views.usage_log where kind = 2 and user_id = " + account)
                        .into(int.class))
                .isEqualTo(calls[0]);
        assertThat(TestSystem.views()
                        .fetchSingle("select sum(calls) from views.hourly_usage where user_id = " + account)
                        .into(int.class))
                .isEqualTo(calls[0]);
        Map<String, List<String>> before = TestSystem.contents();
        TestSystem.rebuild(name);
        assertThat(TestSystem.contents()).isEqualTo(before);
    }

    /** Something of every table that grows with the account's events, and is never nothing. */
    private static long rows(long account) {
        return TestSystem.views()
                .fetchSingle("select (select calls + 1 from views.balance where account = " + account + ")"
                        + " + (select count(*) from views.usage_log where user_id = " + account + ")"
                        + " + (select coalesce(sum(calls), 0) from views.hourly_usage where user_id = " + account + ")")
                .into(long.class);
    }

    private static void store(Object... payloads) {
        List<EventMessage<?>> events = new ArrayList<>();
        for (Object payload : payloads) events.add(GenericEventMessage.asEventMessage(payload));
        TestSystem.bean(EventStore.class).publish(events);
    }

    @Test
    void aLongReportKeepsNobodyElseWaiting() throws Exception {
        long account = TestSystem.number();
        TestSystem.publish(World.account(account, 5));
        try (Connection report = TestSystem.bean(DataSource.class).getConnection()) {
            report.setAutoCommit(false);
            report.createStatement().executeQuery("select count(*) from views.balance");
            readModels.rebuild("balance");
            org.awaitility.Awaitility.await()
                    .until(() -> readModels.rebuilds().get("balance").state() == Progress.State.SWITCHING);
            for (int i = 0; i < 20; i++)
                assertThat(TestSystem.ask(new BalanceOf(new AccountId(account))).available())
                        .isEqualTo(Quota.of(5));
            assertThat(readModels.rebuilds().get("balance").isUnderWay()).isTrue();
            report.commit();
            report.setAutoCommit(true);
        }
        assertThat(TestSystem.rebuilt("balance").state()).isEqualTo(Progress.State.DONE);
    }

    @Test
    void aCancelledRebuildLeavesTheLiveOneAsItWas() throws Exception {
        TestSystem.publish(World.grant(TestSystem.number(), "lot", 1, 1, null));
        Map<String, List<String>> before = TestSystem.contents();
        try (Connection report = TestSystem.bean(DataSource.class).getConnection()) {
            report.setAutoCommit(false);
            report.createStatement().executeQuery("select count(*) from views.balance");
            readModels.rebuild("balance");
            assertThatThrownBy(() -> readModels.rebuild("balance"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("already");
            assertThatThrownBy(() -> readModels.rebuild("holds"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("one is rebuilt at a time");
            assertThat(readModels.rebuilds().get("balance").isUnderWay()).isTrue();
            readModels.cancelRebuild("balance");
            assertThat(TestSystem.rebuilt("balance").state()).isEqualTo(Progress.State.CANCELLED);
            report.commit();
            report.setAutoCommit(true);
        }
        TestSystem.caughtUp();
        assertThat(TestSystem.contents()).isEqualTo(before);
        assertThat(leftovers()).isEmpty();
        assertThatThrownBy(() -> readModels.cancelRebuild("balance")).isInstanceOf(Refused.class);
    }

    @Test
    void aReadModelThatAnotherNodeFillsIsRefusedAtOnce() {
        Map<String, Progress> before = readModels.rebuilds();
        String owner = TestSystem.views()
                .fetchSingle("select owner from views.token_entry where processor_name = 'statistics'")
                .into(String.class);
        belongsTo("another node");
        try {
            assertThatThrownBy(() -> readModels.rebuild("statistics"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("Another node");
            assertThat(readModels.rebuilds()).isEqualTo(before);
            assertThat(leftovers()).isEmpty();
        } finally {
            belongsTo(owner);
        }
        TestSystem.caughtUp();
        TestSystem.rebuild("statistics");
    }

    private static void belongsTo(String node) {
        TestSystem.views()
                .execute(
                        "update views.token_entry set owner = ?, timestamp = ? where processor_name = 'statistics'",
                        node,
                        Instant.now().toString());
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAtTheNextStart() throws Exception {
        Shadows shadows = TestSystem.bean(Shadows.class);
        ShadowTables tables = new ShadowTables("holds");
        try (Connection connection = TestSystem.bean(DataSource.class).getConnection()) {
            tables.create(connection);
        }
        assertThat(leftovers()).containsExactly("shadow_holds");
        shadows.removeLeftovers();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void aShadowThatIsBeingFilledIsNoLeftover() {
        Shadows shadows = TestSystem.bean(Shadows.class);
        try (Shadow shadow = shadows.open("holds")) {
            shadows.removeLeftovers();
            assertThat(leftovers()).containsExactly(shadow.schema());
        }
        assertThat(leftovers()).isEmpty();
    }
}

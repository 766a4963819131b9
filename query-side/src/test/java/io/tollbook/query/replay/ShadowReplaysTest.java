package io.tollbook.query.replay;

import static io.tollbook.query.Calls.held;
import static io.tollbook.query.Calls.quarantined;
import static io.tollbook.query.Calls.released;
import static io.tollbook.query.Calls.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.QuarantinedUsage;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.account.UsageFault;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.replay.ReplayDifference;
import io.tollbook.kernel.replay.ReplayDifferences;
import io.tollbook.kernel.replay.ReplayResult;
import io.tollbook.kernel.replay.ReplayRun;
import io.tollbook.kernel.replay.ReplayRuns;
import io.tollbook.kernel.replay.Replays;
import io.tollbook.kernel.secret.Sealed;
import io.tollbook.kernel.settings.OptionsChanged;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.TestSystem;
import io.tollbook.query.World;
import io.tollbook.query.readmodel.Shadow;
import io.tollbook.query.readmodel.Shadows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowReplaysTest {
    private static final Actor AUDITOR = Actor.user(new UserId(7), Role.AUDITOR, "session", null);

    private final Replays replays = TestSystem.bean(Replays.class);

    @BeforeAll
    static void somethingInEveryTable() {
        long user = TestSystem.number();
        TestSystem.publish(
                World.user(user, "replayed" + user, Role.USER, "default"),
                World.token(user, user, World.terms("a 'views.token' key", 50_000L)),
                World.channel(user, "c" + user, "gpt-4o-mini"),
                World.prices(TestSystem.number()),
                new OptionsChanged(
                        Map.of("SystemName", "Toll" + user), Map.of("SMTPToken", new Sealed("site", "c")), World.BORN));
        TestSystem.publish(World.account(user, 100_000));
        TestSystem.publish(
                World.limited(user, user, 50_000L),
                World.grant(user, "short", 700, 100_700, Instant.parse("2026-03-01T00:00:00Z")),
                held(user, user, user + "-a", 12_000, 88_700),
                held(user, user, user + "-b", 1_000, 87_700),
                held(user, user, user + "-c", 1_000, 86_700),
                held(user, user, user + "-d", 1_000, 85_700),
                quarantined(
                        user,
                        user,
                        user + "-d",
                        1_000,
                        0,
                        86_700,
                        new QuarantinedUsage(UsageFault.NOT_A_COUNT, Map.of("prompt_tokens", "-1"), false)),
                settled(user, user, user + "-a", 12_000, 9_340, 89_360),
                released(user, user, user + "-b", 1_000, ReleaseCause.LEASE_ENDED, "unresolved", 90_360));
    }

    private ReplayRun replay(@Nullable Long upTo, String... readModels) {
        String id = replays.start(List.of(readModels), upTo, AUDITOR);
        Progress end =
                Awaitility.await().until(() -> replays.latest().orElseThrow(), progress -> !progress.isUnderWay());
        assertThat(end.error()).isEmpty();
        assertThat(end.state()).isEqualTo(Progress.State.DONE);
        ReplayRun run = TestSystem.ask(new ReplayRuns(Paging.first(1))).items().getFirst();
        assertThat(run.run()).isEqualTo(id);
        return run;
    }

    private static List<ReplayDifference> differences(ReplayRun run) {
        return TestSystem.ask(new ReplayDifferences(run.run(), Paging.first(100)));
    }

    private static long head() {
        return TestSystem.bean(Shadows.class).head();
    }

    @Test
    void findsNothingWherePagesShowWhatHappened() {
        ReplayRun run = replay(null, replays.readModels().toArray(String[]::new));
        assertThat(run.by()).isEqualTo(new UserId(7));
        assertThat(run.results()).hasSameSizeAs(replays.readModels()).allSatisfy(result -> {
            assertThat(result.liveDigest()).isEqualTo(result.digest()).hasSize(64);
            assertThat(result.differences()).isZero();
            assertThat(result.rows()).isPositive();
        });
        assertThat(differences(run)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "directory, user_profile, display_name, 'Mallory'",
        "directory, token, name, 'another'",
        "directory, channel, priority, 99",
        "directory, option, value, 'Mallory'",
        "directory, price_version, note, 'cheaper'",
        "balance, balance, available, 424242",
        "balance, token_spend, used, 424242",
        "balance, channel_used, calls, 424242",
        "balance, expiring_lot, remaining, 424242",
        "holds, open_hold, amount, 424242",
        "holds, unresolved_call, amount, 424242",
        "holds, quarantined_call, charged, 424242",
        "usage-log, usage_log, quota, 123456",
        "statistics, hourly_usage, tokens, 424242",
        "ledger, lot, spent, 424242",
        "ledger, ledger_account, overdraft, 424242",
        "ledger, ledger_total, balance, 424242",
        "ledger, ledger_reached, position, 424242"
    })
    void namesARowThatSomebodyChanged(String readModel, String table, String column, String value) {
        String where = table.equals("option") ? " where value is not null" : "";
        TestSystem.views()
                .execute("update views." + table + " set " + column + " = '" + value
                        // Each partition of a table has its own places.
                        + "' where (tableoid, ctid) = (select tableoid, ctid from views." + table + where
                        + " order by tableoid, ctid limit 1)");
        try {
            ReplayRun run = replay(null, readModel);
            ReplayResult result = run.results().getFirst();
            assertThat(result.differences()).isEqualTo(1);
            assertThat(result.liveDigest()).isNotEqualTo(result.digest());
            assertThat(differences(run)).singleElement().satisfies(found -> {
                assertThat(found.readModel()).isEqualTo(readModel);
                assertThat(found.table()).isEqualTo(table);
                assertThat(found.column()).isEqualTo(column);
                assertThat(found.actual()).isEqualTo(value);
                assertThat(found.expected()).isNotEqualTo(value);
                assertThat(found.key()).isNotEmpty();
            });
        } finally {
            TestSystem.rebuild(readModel);
        }
        ReplayResult repaired = replay(null, readModel).results().getFirst();
        assertThat(repaired.differences()).isZero();
        assertThat(repaired.liveDigest()).isEqualTo(repaired.digest());
    }

    @Test
    void namesARowThatIsMissingAndOneThatIsTooMany() {
        long gone = TestSystem.views()
                .fetchSingle("select min(account) from views.balance")
                .into(long.class);
        TestSystem.views().execute("update views.balance set account = 99999999 where account = " + gone);
        ReplayRun run = replay(null, "balance");
        TestSystem.rebuild("balance");
        assertThat(differences(run))
                .extracting(ReplayDifference::key, ReplayDifference::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Long.toString(gone), ReplayDifference.ROW),
                        org.assertj.core.groups.Tuple.tuple("99999999", ReplayDifference.ROW));
        assertThat(differences(run).getFirst().actual()).isNull();
        assertThat(differences(run).getFirst().expected()).contains("available=");
        assertThat(differences(run).getLast().expected()).isNull();
    }

    @Test
    void oneRowThatIsMissingIsOneDifferenceWhateverItsNumberOfDigits() {
        for (long price : new long[] {9, 10, 11}) TestSystem.publish(World.prices(price));
        // As texts, 9 comes right after it.
        TestSystem.views().execute("delete from views.price_version where version = 11");
        ReplayRun run = replay(null, "directory");
        TestSystem.rebuild("directory");
        assertThat(differences(run))
                .singleElement()
                .satisfies(found -> assertThat(found.key()).isEqualTo("11"));
    }

    @Test
    void showsNoSecret() {
        TestSystem.views().execute("update views.token set sealed_key = 'planted', fingerprint = 'planted'");
        ReplayRun run = replay(null, "directory");
        TestSystem.rebuild("directory");
        assertThat(differences(run)).isNotEmpty().allSatisfy(found -> {
            assertThat(found.expected()).matches("|hidden, SHA-256 .*"); // A deleted key has none.
            assertThat(found.actual()).startsWith("hidden, SHA-256");
        });
    }

    @Test
    void endsAtAPositionWithTheBalancesOfThatMoment() throws SQLException {
        long account = TestSystem.number();
        TestSystem.publish(World.account(account, 1_000));
        Map<Long, Long> shown = new TreeMap<>();
        for (int i = 0; i < 5; i++) {
            TestSystem.publish(
                    held(account, account, account + "-" + i, 10, 990 - 7 * i),
                    settled(account, account, account + "-" + i, 10, 7, 993 - 7 * i));
            shown.put(
                    head(),
                    TestSystem.ask(new BalanceOf(new AccountId(account)))
                            .available()
                            .units());
        }
        for (Map.Entry<Long, Long> then : shown.entrySet())
            try (Shadow shadow = TestSystem.bean(Shadows.class).open("balance")) {
                shadow.advance(then.getKey());
                try (var row = shadow.connection()
                        .createStatement()
                        .executeQuery(
                                "select available from " + shadow.schema() + ".balance where account = " + account)) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getLong(1)).isEqualTo(then.getValue());
                }
            }
    }

    @Test
    void twoReplaysUpToOnePositionHaveOneDigest() {
        long position = head();
        TestSystem.publish(World.account(TestSystem.number(), 5));
        ReplayRun first = replay(position, "balance", "usage-log", "statistics");
        TestSystem.publish(World.account(TestSystem.number(), 5));
        ReplayRun second = replay(position, "balance", "usage-log", "statistics");
        assertThat(second.upTo()).isEqualTo(position);
        for (int i = 0; i < 3; i++) {
            assertThat(second.results().get(i).digest())
                    .isEqualTo(first.results().get(i).digest());
            assertThat(second.results().get(i).position()).isEqualTo(position);
        }
        // Only the log says what it was then.
        assertThat(second.results().get(0).liveDigest()).isNull();
        assertThat(second.results().get(1).liveDigest())
                .isEqualTo(second.results().get(1).digest());
        assertThat(second.results().get(1).differences()).isZero();
    }

    @Test
    void aPlantedRowOfThePastIsFoundAsOfThatPosition() {
        long position = head();
        TestSystem.publish(World.account(TestSystem.number(), 5));
        TestSystem.views()
                .execute("update views.usage_log set quota = 4242 where position = (select max(position)"
                        + " from views.usage_log where kind = 2 and position <= " + position + ")");
        ReplayRun run = replay(position, "usage-log");
        TestSystem.rebuild("usage-log");
        assertThat(differences(run))
                .singleElement()
                .satisfies(found -> assertThat(found.actual()).isEqualTo("4242"));
    }

    @Test
    void givesTheDifferencesAsJsonLines() {
        TestSystem.views().execute("update views.hourly_usage set quota = quota + 1");
        ReplayRun run = replay(null, "statistics");
        TestSystem.rebuild("statistics");
        var answer = TestSystem.get("/api/replay/" + run.run() + "/differences", "AUDITOR 7");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
        assertThat(answer.body().lines())
                .hasSize((int) run.differences())
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"readModel\":\"statistics\",\"table\":\"hourly_usage\",\"key\":\"")
                        .contains("\"column\":\"quota\""));
        assertThat(TestSystem.get("/api/replay/" + run.run() + "/differences", "ADMIN 8")
                        .body())
                .contains("\"success\":false");
    }

    @ParameterizedTest
    @CsvSource({"ADMIN, NOT_PERMITTED", "USER, NOT_PERMITTED"})
    void isForRootAndAuditorsOnly(Role role, Refusal refusal) {
        Actor other = Actor.user(new UserId(8), role, "session", null);
        assertThatThrownBy(() -> replays.start(List.of("balance"), null, other))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    @Test
    void anAuditorCancelsTheirOwnRunAndRootAny() throws SQLException {
        Actor other = Actor.user(new UserId(9), Role.AUDITOR, "session", null);
        Actor root = Actor.user(new UserId(1), Role.ROOT, "session", null);
        for (Actor who : List.of(AUDITOR, root))
            try (var connection = TestSystem.bean(DataSource.class).getConnection()) {
                connection.setAutoCommit(false);
                // So that the run is under way for as long as this test needs.
                connection.createStatement().execute("lock table views.balance in access exclusive mode");
                replays.start(List.of("balance"), null, AUDITOR);
                assertThat(replays.mayCancel(other)).isFalse();
                assertThatThrownBy(() -> replays.cancel(other))
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.refusal()).isEqualTo(Refusal.NOT_PERMITTED))
                        .hasMessageContaining("Somebody else");
                assertThat(replays.mayCancel(who)).isTrue();
                replays.cancel(who);
                connection.rollback();
                connection.setAutoCommit(true);
            } finally {
                assertThat(Awaitility.await()
                                .until(() -> replays.latest().orElseThrow(), progress -> !progress.isUnderWay())
                                .state())
                        .isEqualTo(Progress.State.CANCELLED);
            }
        assertThat(replays.mayCancel(root)).isFalse();
    }

    @Test
    void refusesWhatCannotBeGoneOver() {
        assertThatThrownBy(() -> replays.start(List.of(), null, AUDITOR)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> replays.start(List.of("balances"), null, AUDITOR))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("balances");
        assertThatThrownBy(() -> replays.start(List.of("balance"), 0L, AUDITOR)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> replays.start(List.of("balance"), head() + 1, AUDITOR))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(Long.toString(head()));
        assertThatThrownBy(() -> replays.cancel(AUDITOR)).isInstanceOf(Refused.class);
    }
}

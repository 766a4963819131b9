package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.command.ReadableVault;
import io.tollbook.command.RecordedMessages;
import io.tollbook.command.TestDatabase;
import io.tollbook.command.account.Nodes;
import io.tollbook.command.api.Api;
import io.tollbook.command.task.StoredTasks;
import io.tollbook.command.task.Tasks;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.channel.ChannelBalance;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.ProviderAccounts;
import io.tollbook.kernel.channel.RecordChannelTest;
import io.tollbook.kernel.channel.Route;
import io.tollbook.kernel.channel.Routes;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.TaskStatus;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When rounds of tests run, by a clock that is driven by hand and tasks that run when the test says so. */
class ChannelTestScheduleTest {
    private Instant now = Instant.parse("2030-01-01T12:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
    private final Map<String, String> options = new HashMap<>();
    private final ReadableVault vault = new ReadableVault();
    private final RecordedMessages messages = new RecordedMessages()
            .answer(Options.class, query -> options)
            .answer(
                    Routes.class,
                    query -> List.of(new Route(
                            new ChannelId(1),
                            new ChannelTerms(
                                    8,
                                    "one",
                                    "https://good.example",
                                    List.of("a"),
                                    List.of("default"),
                                    0,
                                    0,
                                    true,
                                    "",
                                    "",
                                    "",
                                    Map.of(),
                                    Map.of()),
                            ChannelStatus.ENABLED,
                            vault.seal("channel-1", "key"),
                            List.of(),
                            List.of())));
    private final List<Runnable> waiting = new ArrayList<>();
    private StoredTasks stored;

    @BeforeEach
    void clean() {
        jdbc.sql("delete from events.system_task").update();
        stored = new StoredTasks(jdbc, new Nodes(jdbc, "here", false), clock);
    }

    private ChannelTestSchedule node(String name, @Nullable Boolean enabled, @Nullable Long minutes) {
        Executor later = waiting::add;
        StoredTasks tasks = new StoredTasks(jdbc, new Nodes(jdbc, name, false), clock);
        ChannelTests tests = new ChannelTests(
                messages, trial -> new ChannelProbe.Result("a", true, "", 5), vault, clock, new Gap(Duration.ZERO));
        return new ChannelTestSchedule(
                messages, new Tasks(tasks, later), tests, clock, new ChannelTestSchedule.Fixed(enabled, minutes));
    }

    private UpkeepEndpoints endpoints() {
        ProviderAccounts none = new ProviderAccounts() {
            @Override
            public ChannelBalance balance(ChannelId channel) {
                return new ChannelBalance(BigDecimal.ONE, "USD");
            }

            @Override
            public List<String> models(ChannelId channel) {
                return List.of("a");
            }

            @Override
            public List<String> models(int type, String baseUrl, Secret key) {
                throw new AssertionError("nobody asked for that");
            }
        };
        Tasks tasks = new Tasks(stored, waiting::add);
        Gap gap = new Gap(Duration.ZERO);
        return new UpkeepEndpoints(
                node("here", null, null),
                new ModelSchedule(tasks, new ModelUpdates(messages, none, clock, gap), clock),
                new ChannelBalances(messages, none, clock, gap),
                tasks);
    }

    private void runWhatWaits() {
        List<Runnable> some = List.copyOf(waiting);
        waiting.clear();
        some.forEach(Runnable::run);
    }

    @Test
    void runsAsOftenAsTheOptionsSayOnOneNodeAtATime() {
        ChannelTestSchedule here = node("here", null, null);
        ChannelTestSchedule there = node("there", null, null);
        here.look();
        assertThat(waiting).isEmpty();

        options.put(Option.TESTS_AUTOMATICALLY.key(), "true");
        here.look();
        there.look();
        assertThat(waiting).hasSize(1);
        now = now.plus(Duration.ofHours(2));
        there.look();
        assertThat(waiting).hasSize(1);
        runWhatWaits();
        assertThat(messages.commands())
                .hasOnlyElementsOfType(RecordChannelTest.class)
                .hasSize(1);

        now = now.plus(Duration.ofMinutes(10)).minusSeconds(1);
        there.look();
        assertThat(waiting).isEmpty();
        now = now.plusSeconds(1);
        there.look();
        here.look();
        assertThat(waiting).hasSize(1);
    }

    @Test
    void theEnvironmentWins() {
        node("here", true, 3L).look();
        runWhatWaits();
        now = now.plus(Duration.ofMinutes(3));
        node("here", true, 3L).look();
        assertThat(waiting).hasSize(1);
        runWhatWaits();

        options.put(Option.TESTS_AUTOMATICALLY.key(), "true");
        now = now.plus(Duration.ofHours(1));
        node("here", false, null).look();
        assertThat(waiting).isEmpty();
    }

    @Test
    void recoveryLeavesAloneWhatIsOn() {
        options.put(Option.TESTS_AUTOMATICALLY.key(), "true");
        options.put(Option.TEST_MODE.key(), "passive_recovery");
        node("here", null, null).look();
        runWhatWaits();

        assertThat(messages.commands()).isEmpty();
        assertThat(stored.latest(1)).first().extracting(SystemTask::status).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void anAdministratorStartsOneUnlessOneRuns() {
        Api api = new Api(endpoints()).as(Actor.user(new UserId(2), Role.ADMIN, "session", null));
        var begun = api.get("/api/channel/test").succeeds().data();
        assertThat(begun.path("status").asString()).isEqualTo("pending");
        api.get("/api/channel/test").fails(409, "runs already");
        runWhatWaits();

        SystemTask task = stored.find(begun.path("task_id").asString()).orElseThrow();
        assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(task.result()).containsEntry("total", 1L).containsEntry("passed", 1L);
        api.get("/api/channel/test").succeeds();
    }

    @Test
    void balancesAndModelsOfAllAreTasksOfTheirOwn() {
        Api api = new Api(endpoints()).as(Actor.user(new UserId(2), Role.ADMIN, "session", null));
        api.get("/api/channel/update_balance").succeeds();
        api.post("/api/channel/upstream_updates/detect_all", "{}").succeeds();
        api.get("/api/channel/update_balance").fails(409, "");
        api.post("/api/channel/upstream_updates/detect_all", "{}").fails(409, "");
        runWhatWaits();
        assertThat(stored.latest(10))
                .extracting(task -> task.type().word() + " " + task.status().word())
                .containsExactly("model_update succeeded", "channel_balance succeeded");
    }

    @Test
    void othersStartNone() {
        Api api = new Api(endpoints());
        for (Role role : new Role[] {Role.USER, Role.AUDITOR})
            api.as(Actor.user(new UserId(2), role, "session", null))
                    .get("/api/channel/test")
                    .fails(200, "may not");
        api.as(null).get("/api/channel/test").fails(401, "");
        assertThat(waiting).isEmpty();
    }

    @Test
    void aGapEndsWithTheProcess() {
        Gap gap = new Gap(Duration.ofDays(1));
        gap.close();
        assertThatThrownBy(gap::pass).isInstanceOf(InterruptedException.class);
    }
}

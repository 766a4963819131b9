package io.tollbook.command.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.TestDatabase;
import io.tollbook.command.account.Nodes;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.TaskStatus;
import io.tollbook.kernel.task.TaskType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class StoredTasksTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private final JdbcClient jdbc = JdbcClient.create(TestDatabase.dataSource());
    private StoredTasks here;
    private StoredTasks there;

    @BeforeEach
    void clean() {
        jdbc.sql("delete from events.system_task").update();
        here = on("here", NOW);
        there = on("there", NOW);
    }

    private StoredTasks on(String node, Instant now) {
        return new StoredTasks(jdbc, new Nodes(jdbc, node, false), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void oneOfAKindRunsOverAllNodes() {
        SystemTask first = here.begin(TaskType.CHANNEL_TEST, null).orElseThrow();
        assertThat(first.id()).startsWith("channel_test_");
        assertThat(first.status()).isEqualTo(TaskStatus.PENDING);
        assertThat(first.node()).isEqualTo("here");

        assertThat(there.begin(TaskType.CHANNEL_TEST, null)).isEmpty();
        assertThat(here.begin(TaskType.CHANNEL_TEST, null)).isEmpty();
        assertThat(there.begin(TaskType.MODEL_UPDATE, null)).isPresent();

        here.succeeded(first.id(), Map.of("passed", 3L));
        assertThat(there.begin(TaskType.CHANNEL_TEST, null)).isPresent();
    }

    @Test
    void showsHowFarItIsAndHowItEnded() {
        String id = here.begin(TaskType.CHANNEL_TEST, null).orElseThrow().id();
        here.progress(id, Map.of("processed", 1L));
        assertThat(there.current(TaskType.CHANNEL_TEST)).hasValueSatisfying(task -> {
            assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
            assertThat(task.state()).isEqualTo(Map.of("processed", 1L));
        });
        here.failed(id, "x".repeat(600));
        assertThat(there.current(TaskType.CHANNEL_TEST)).isEmpty();
        assertThat(there.find(id)).hasValueSatisfying(task -> {
            assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(task.error()).hasSize(500);
        });
        // What has ended stays as it ended.
        here.succeeded(id, Map.of());
        here.progress(id, Map.of());
        assertThat(here.find(id).orElseThrow().status()).isEqualTo(TaskStatus.FAILED);
    }

    @Test
    void theRunOfADeadNodeHoldsNobodyUp() {
        String dead = here.begin(TaskType.CHANNEL_TEST, null).orElseThrow().id();
        jdbc.sql("delete from events.node where id = 'here'").update();

        assertThat(there.begin(TaskType.CHANNEL_TEST, null)).isPresent();
        assertThat(there.find(dead).orElseThrow().error()).isEqualTo("The node that it ran on has ended.");
    }

    @Test
    void whatIsDueIsDueOnce() {
        Duration ten = Duration.ofMinutes(10);
        String id =
                here.begin(TaskType.CHANNEL_TEST, NOW.minus(ten)).orElseThrow().id();
        here.succeeded(id, Map.of());

        assertThat(there.begin(TaskType.CHANNEL_TEST, NOW.minus(ten))).isEmpty();
        Instant early = NOW.plus(ten).minusSeconds(1);
        assertThat(on("there", early).begin(TaskType.CHANNEL_TEST, early.minus(ten)))
                .isEmpty();
        Instant due = NOW.plus(ten);
        assertThat(on("there", due).begin(TaskType.CHANNEL_TEST, due.minus(ten)))
                .isPresent();
    }

    @Test
    void theNewestComeFirstAndTheOldestGo() {
        String old = on("here", NOW.minus(Duration.ofDays(31)))
                .begin(TaskType.CHANNEL_BALANCE, null)
                .orElseThrow()
                .id();
        here.succeeded(old, Map.of());
        jdbc.sql("update events.system_task set updated_at = created_at").update();
        String first = here.begin(TaskType.CHANNEL_TEST, null).orElseThrow().id();
        String second = here.begin(TaskType.MODEL_UPDATE, null).orElseThrow().id();

        assertThat(there.latest(10)).extracting(SystemTask::id).containsExactly(second, first);
        assertThat(there.latest(1)).extracting(SystemTask::id).isEqualTo(List.of(second));
    }
}

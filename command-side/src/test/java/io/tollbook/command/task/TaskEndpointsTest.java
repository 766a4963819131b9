package io.tollbook.command.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.command.api.Api;
import io.tollbook.kernel.Actor;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.SystemTasks;
import io.tollbook.kernel.task.TaskStatus;
import io.tollbook.kernel.task.TaskType;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskEndpointsTest {
    private static final SystemTask TASK = new SystemTask(
            7,
            "channel_test_1",
            TaskType.CHANNEL_TEST,
            TaskStatus.RUNNING,
            Map.of("processed", 2L),
            Map.of(),
            "",
            "n1",
            Instant.ofEpochSecond(100),
            Instant.ofEpochSecond(110));

    private final Api api = new Api(new TaskEndpoints(new SystemTasks() {
        @Override
        public List<SystemTask> latest(int limit) {
            return List.of(TASK);
        }

        @Override
        public Optional<SystemTask> find(String id) {
            return id.equals(TASK.id()) ? Optional.of(TASK) : Optional.empty();
        }

        @Override
        public Optional<SystemTask> current(TaskType type) {
            return type == TASK.type() ? Optional.of(TASK) : Optional.empty();
        }
    }));

    private void as(Role role) {
        api.as(Actor.user(new UserId(2), role, "session", null));
    }

    @Test
    void showsARunAsNewApiDoes() {
        as(Role.ADMIN);
        var task = api.get("/api/system-task/channel_test_1").succeeds().data();
        assertThat(task.path("id").asLong()).isEqualTo(7);
        assertThat(task.path("status").asString()).isEqualTo("running");
        assertThat(task.path("type").asString()).isEqualTo("channel_test");
        assertThat(task.path("active_key").asString()).isEqualTo("channel_test");
        assertThat(task.path("state").path("processed").asLong()).isEqualTo(2);
        assertThat(task.path("result").isNull()).isTrue();
        assertThat(task.path("updated_at").asLong()).isEqualTo(110);
        assertThat(api.get("/api/system-task/list").succeeds().data().size()).isEqualTo(1);
        assertThat(api.get("/api/system-task/current?type=channel_test")
                        .succeeds()
                        .data()
                        .path("task_id")
                        .asString())
                .isEqualTo("channel_test_1");
        assertThat(api.get("/api/system-task/current?type=model_update")
                        .succeeds()
                        .data()
                        .isNull())
                .isTrue();
    }

    @Test
    void saysWhatIsNotThere() {
        as(Role.ROOT);
        api.get("/api/system-task/nothing").fails(404, "no such task");
        api.get("/api/system-task/current?type=nothing").fails(400, "no task of the type nothing");
        api.get("/api/system-task/list?limit=101").fails(400, "limit");
        api.get("/api/system-task/list?limit=0").fails(400, "limit");
    }

    @Test
    void auditorsLookUsersDoNot() {
        as(Role.AUDITOR);
        api.get("/api/system-task/list").succeeds();
        as(Role.USER);
        api.get("/api/system-task/list").fails(200, "may not");
        api.as(null);
        api.get("/api/system-task/list").fails(401, "");
    }
}

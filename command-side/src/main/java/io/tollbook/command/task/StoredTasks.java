package io.tollbook.command.task;

import io.tollbook.command.account.Nodes;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.SystemTasks;
import io.tollbook.kernel.task.TaskStatus;
import io.tollbook.kernel.task.TaskType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs of tasks in a table. An index lets one of a kind be active; the run of a process that is dead, by the signs of life that
 * {@link Nodes} watches, is ended by whoever comes next.
 */
public final class StoredTasks implements SystemTasks {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Long>> NUMBERS = new TypeReference<>() {};
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int ERROR_MAX = 500;
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final Nodes nodes;
    private final Clock clock;

    public StoredTasks(JdbcClient jdbc, Nodes nodes, Clock clock) {
        this.jdbc = jdbc;
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * Takes the place of the one active run of its kind.
     *
     * @param quietSince if the last run did not end before this moment, it is too early for another; null if it never is
     * @return empty if the place is taken, or it is too early
     */
    Optional<SystemTask> begin(TaskType type, @Nullable Instant quietSince) {
        endAbandoned(type);
        OffsetDateTime now = now();
        jdbc.sql("delete from events.system_task where updated_at < :long_ago")
                .param("long_ago", now.minus(KEPT))
                .update();
        String id = type.word() + "_" + UUID.randomUUID().toString().replace("-", "");
        int begun = jdbc.sql("""
                        insert into events.system_task (id, type, status, state, result, error, node, created_at, updated_at)
                        select :id, :type, 'PENDING', '{}', '{}', '', :node, :now, :now
                        where not exists (
                            select from events.system_task where type = :type and updated_at > :quiet_since)
                        on conflict (type) where status in ('PENDING', 'RUNNING') do nothing
                        """)
                .param("id", id)
                .param("type", type.name())
                .param("node", nodes.self())
                .param("now", now)
                .param("quiet_since", (quietSince == null ? NEVER : quietSince).atOffset(ZoneOffset.UTC))
                .update();
        return begun == 0 ? Optional.empty() : find(id);
    }

    private void endAbandoned(TaskType type) {
        Optional<SystemTask> active = current(type);
        if (active.isEmpty()) return;
        Set<String> living = nodes.living();
        if (!living.contains(active.get().node()))
            end(active.get().id(), TaskStatus.FAILED, Map.of(), "The node that it ran on has ended.");
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    void progress(String id, Map<String, Long> state) {
        jdbc.sql("""
                        update events.system_task set status = 'RUNNING', state = :state, updated_at = :now
                        where id = :id and status in ('PENDING', 'RUNNING')
                        """)
                .param("state", JSON.writeValueAsString(state))
                .param("now", now())
                .param("id", id)
                .update();
    }

    void succeeded(String id, Map<String, Long> result) {
        end(id, TaskStatus.SUCCEEDED, result, "");
    }

    void failed(String id, String error) {
        end(id, TaskStatus.FAILED, Map.of(), error.length() > ERROR_MAX ? error.substring(0, ERROR_MAX) : error);
    }

    private void end(String id, TaskStatus status, Map<String, Long> result, String error) {
        jdbc.sql("""
                        update events.system_task set status = :status, result = :result, error = :error, updated_at = :now
                        where id = :id and status in ('PENDING', 'RUNNING')
                        """)
                .param("status", status.name())
                .param("result", JSON.writeValueAsString(result))
                .param("error", error)
                .param("now", now())
                .param("id", id)
                .update();
    }

    @Override
    public List<SystemTask> latest(int limit) {
        return jdbc.sql("select * from events.system_task order by number desc limit :limit")
                .param("limit", limit)
                .query(StoredTasks::task)
                .list();
    }

    @Override
    public Optional<SystemTask> find(String id) {
        return jdbc.sql("select * from events.system_task where id = :id")
                .param("id", id)
                .query(StoredTasks::task)
                .optional();
    }

    @Override
    public Optional<SystemTask> current(TaskType type) {
        return jdbc.sql("select * from events.system_task where type = :type and status in ('PENDING', 'RUNNING')")
                .param("type", type.name())
                .query(StoredTasks::task)
                .optional();
    }

    private static SystemTask task(ResultSet row, int n) throws SQLException {
        return new SystemTask(
                row.getLong("number"),
                row.getString("id"),
                TaskType.valueOf(row.getString("type")),
                TaskStatus.valueOf(row.getString("status")),
                JSON.readValue(row.getString("state"), NUMBERS),
                JSON.readValue(row.getString("result"), NUMBERS),
                row.getString("error"),
                row.getString("node"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}

package io.tollbook.command.task;

import io.tollbook.kernel.Actor;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.api.Envelope;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.SystemTasks;
import io.tollbook.kernel.task.TaskType;
import io.tollbook.kernel.user.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tasks as administrators watch them; New API shows them to root alone, who is one. */
@RestController
class TaskEndpoints {
    private final SystemTasks tasks;

    TaskEndpoints(SystemTasks tasks) {
        this.tasks = tasks;
    }

    @GetMapping("/api/system-task/list")
    Envelope list(@RequestParam(defaultValue = "20") int limit, Actor actor) {
        check(actor);
        if (limit < 1 || limit > SystemTasks.LATEST_MAX)
            throw Refused.invalid("limit must lie between 1 and " + SystemTasks.LATEST_MAX + ".");
        return Envelope.of(
                tasks.latest(limit).stream().map(TaskEndpoints::shape).toList());
    }

    @GetMapping("/api/system-task/current")
    Envelope current(@RequestParam String type, Actor actor) {
        check(actor);
        return Envelope.of(
                tasks.current(TaskType.of(type)).map(TaskEndpoints::shape).orElse(null));
    }

    @GetMapping("/api/system-task/{id}")
    ResponseEntity<Envelope> one(@PathVariable String id, Actor actor) {
        check(actor);
        return tasks.find(id)
                .map(task -> ResponseEntity.ok(Envelope.of(shape(task))))
                .orElseGet(() -> ResponseEntity.status(404).body(Envelope.failure("There is no such task.")));
    }

    private static void check(Actor actor) {
        actor.signedIn();
        if (!actor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
    }

    private static Map<String, @Nullable Object> shape(SystemTask task) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("id", task.number());
        shape.put("task_id", task.id());
        shape.put("type", task.type().word());
        shape.put("status", task.status().word());
        shape.put("active_key", task.status().isActive() ? task.type().word() : null);
        shape.put("payload", null);
        shape.put("state", task.state());
        shape.put("result", task.result().isEmpty() ? null : task.result());
        shape.put("error", task.error());
        shape.put("locked_by", task.node());
        shape.put("created_at", task.createdAt().getEpochSecond());
        shape.put("updated_at", task.updatedAt().getEpochSecond());
        return shape;
    }
}

package io.tollbook.command.channel;

import io.tollbook.command.task.Tasks;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.TaskType;
import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.TaskScheduler;

/** Compares models with providers: by itself twice an hour where channels want it, and when an administrator asks. */
final class ModelSchedule {
    private static final Duration LOOK = Duration.ofMinutes(1);
    static final Duration EVERY = Duration.ofMinutes(30);

    private final Tasks tasks;
    private final ModelUpdates updates;
    private final Clock clock;

    ModelSchedule(Tasks tasks, ModelUpdates updates, Clock clock) {
        this.tasks = tasks;
        this.updates = updates;
        this.clock = clock;
    }

    void start(TaskScheduler scheduler) {
        scheduler.scheduleWithFixedDelay(this::look, clock.instant().plus(LOOK), LOOK);
    }

    void look() {
        if (updates.isWanted())
            tasks.startUnlessSince(TaskType.MODEL_UPDATE, clock.instant().minus(EVERY), updates::run);
    }

    /** @throws io.tollbook.kernel.Refused TASK_RUNNING */
    SystemTask compareAll() {
        return tasks.start(TaskType.MODEL_UPDATE, updates::run);
    }
}

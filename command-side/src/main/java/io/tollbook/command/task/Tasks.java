package io.tollbook.command.task;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.task.SystemTask;
import io.tollbook.kernel.task.TaskType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks behind the back of whoever starts them. */
public final class Tasks {
    private static final Logger log = LoggerFactory.getLogger(Tasks.class);

    /** What is done. */
    @FunctionalInterface
    public interface Work {
        /**
         * @param progress is told how far it has come, in numbers, after each step
         * @return what came of it
         */
        Map<String, Long> run(Consumer<Map<String, Long>> progress) throws InterruptedException;
    }

    private final StoredTasks stored;
    private final Executor executor;

    public Tasks(StoredTasks stored, Executor executor) {
        this.stored = stored;
        this.executor = executor;
    }

    /** @throws Refused TASK_RUNNING if one of its kind runs already, on whatever node */
    public SystemTask start(TaskType type, Work work) {
        SystemTask task = stored.begin(type, null).orElseThrow(() -> new Refused(Refusal.TASK_RUNNING));
        run(task, work);
        return task;
    }

    /** Starts it unless one of its kind runs, or did after a moment. */
    public void startUnlessSince(TaskType type, Instant moment, Work work) {
        Optional<SystemTask> task = stored.begin(type, moment);
        task.ifPresent(begun -> run(begun, work));
    }

    private void run(SystemTask task, Work work) {
        executor.execute(() -> {
            try {
                stored.progress(task.id(), Map.of());
                stored.succeeded(task.id(), work.run(state -> stored.progress(task.id(), state)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                log.debug("{} was stopped", task.id());
            } catch (RuntimeException e) {
                log.warn("{} failed", task.id(), e);
                stored.failed(
                        task.id(),
                        e instanceof Refused ? String.valueOf(e.getMessage()) : "Something went wrong on our side.");
            }
        });
    }
}

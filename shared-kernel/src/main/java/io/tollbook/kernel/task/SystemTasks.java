package io.tollbook.kernel.task;

import java.util.List;
import java.util.Optional;

/** What has run lately, and what runs now, on any node. For administrators. */
public interface SystemTasks {
    int LATEST_MAX = 100;

    /** The newest first. */
    List<SystemTask> latest(int limit);

    Optional<SystemTask> find(String id);

    /** What runs now or is about to. */
    Optional<SystemTask> current(TaskType type);
}

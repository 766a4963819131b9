package io.tollbook.kernel.task;

import java.time.Instant;
import java.util.Map;

/**
 * One run of a task.
 *
 * @param state how far it has come, in numbers
 * @param result in numbers; empty until it has succeeded
 * @param error why it failed; empty if it did not
 * @param node where it runs or ran
 */
public record SystemTask(
        long number,
        String id,
        TaskType type,
        TaskStatus status,
        Map<String, Long> state,
        Map<String, Long> result,
        String error,
        String node,
        Instant createdAt,
        Instant updatedAt) {}

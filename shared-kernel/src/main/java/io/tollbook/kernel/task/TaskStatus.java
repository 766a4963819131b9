package io.tollbook.kernel.task;

import java.util.Locale;

public enum TaskStatus {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED;

    /** The management API's name for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isActive() {
        return this == PENDING || this == RUNNING;
    }
}

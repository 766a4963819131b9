package io.tollbook.kernel.task;

import io.tollbook.kernel.Refused;

/** What runs by itself. */
public enum TaskType {
    CHANNEL_TEST("channel_test"),
    CHANNEL_BALANCE("channel_balance"),
    MODEL_UPDATE("model_update");

    private final String word;

    TaskType(String word) {
        this.word = word;
    }

    /** The management API's name for it. */
    public String word() {
        return word;
    }

    public static TaskType of(String word) {
        for (TaskType type : values()) if (type.word.equals(word)) return type;
        throw Refused.invalid("There is no task of the type " + word + ".");
    }
}

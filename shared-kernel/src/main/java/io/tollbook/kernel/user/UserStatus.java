package io.tollbook.kernel.user;

/** Whether a user may sign in and spend. */
public enum UserStatus {
    ENABLED(1),
    DISABLED(2),
    DELETED(3);

    private final int number;

    UserStatus(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}

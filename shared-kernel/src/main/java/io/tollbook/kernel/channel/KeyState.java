package io.tollbook.kernel.channel;

/** Whether a key is used. {@code number} is the management API's. */
public enum KeyState {
    ENABLED(1),
    DISABLED_BY_HAND(2),
    DISABLED_AUTOMATICALLY(3);

    private final int number;

    KeyState(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}

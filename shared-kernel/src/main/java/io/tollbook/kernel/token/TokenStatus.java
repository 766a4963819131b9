package io.tollbook.kernel.token;

/** What a key can be used for now. {@code number} is the management API's. */
public enum TokenStatus {
    ENABLED(1),
    DISABLED(2),
    EXPIRED(3),
    EXHAUSTED(4);

    private final int number;

    TokenStatus(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}

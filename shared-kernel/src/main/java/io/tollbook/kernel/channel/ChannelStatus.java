package io.tollbook.kernel.channel;

import io.tollbook.kernel.Refused;

/** Whether a channel takes calls. {@code number} is the management API's. */
public enum ChannelStatus {
    ENABLED(1),
    DISABLED_BY_HAND(2),
    DISABLED_AUTOMATICALLY(3);

    private final int number;

    ChannelStatus(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static ChannelStatus of(int number) {
        for (ChannelStatus status : values()) if (status.number == number) return status;
        throw Refused.invalid("There is no channel status " + number + "; use 1 (enabled) or 2 (disabled).");
    }
}

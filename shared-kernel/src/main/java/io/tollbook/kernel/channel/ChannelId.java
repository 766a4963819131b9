package io.tollbook.kernel.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;

/** A channel's number. Its text is the name of its stream in the event store. */
public record ChannelId(@JsonValue long value) {
    @JsonCreator
    public ChannelId {
        if (value <= 0) throw Refused.invalid("A channel id is a number from 1.");
    }

    @Override
    public String toString() {
        return "channel-" + value;
    }
}

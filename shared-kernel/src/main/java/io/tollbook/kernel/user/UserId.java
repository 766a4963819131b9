package io.tollbook.kernel.user;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;

/** A user. Its text is the name of the user's stream in the event store. */
public record UserId(@JsonValue long value) {
    @JsonCreator
    public UserId {
        if (value <= 0) throw Refused.invalid("A user id is a number from 1.");
    }

    @Override
    public String toString() {
        return "user-" + value;
    }
}

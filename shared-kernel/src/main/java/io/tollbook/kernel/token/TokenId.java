package io.tollbook.kernel.token;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;

/** An API key's number. Its text is the name of its stream in the event store. */
public record TokenId(@JsonValue long value) {
    @JsonCreator
    public TokenId {
        if (value <= 0) throw Refused.invalid("A key id is a number from 1.");
    }

    @Override
    public String toString() {
        return "token-" + value;
    }
}

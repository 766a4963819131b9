package io.tollbook.kernel.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;

/** A prefill group's number. */
public record PrefillGroupId(@JsonValue long value) {
    @JsonCreator
    public PrefillGroupId {
        if (value <= 0) throw Refused.invalid("A prefill group's id is a number from 1.");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

package io.tollbook.kernel.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;

/** A model's description's number. */
public record ModelId(@JsonValue long value) {
    @JsonCreator
    public ModelId {
        if (value <= 0) throw Refused.invalid("A model's description's id is a number from 1.");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

package io.tollbook.kernel.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;

/** A vendor's number. */
public record VendorId(@JsonValue long value) {
    @JsonCreator
    public VendorId {
        if (value <= 0) throw Refused.invalid("A vendor's id is a number from 1.");
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}

package io.tollbook.kernel.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One paid call from hold to settlement; the client sees it as the request id. */
public record HoldId(@JsonValue String value) {
    @JsonCreator
    public HoldId {}

    @Override
    public String toString() {
        return value;
    }
}

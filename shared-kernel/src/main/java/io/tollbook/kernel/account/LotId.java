package io.tollbook.kernel.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One grant of quota. The grantor chooses it, so the same grant twice is one grant. */
public record LotId(@JsonValue String value) {
    @JsonCreator
    public LotId {}

    @Override
    public String toString() {
        return value;
    }
}

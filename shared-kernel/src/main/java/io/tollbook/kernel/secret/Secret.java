package io.tollbook.kernel.secret;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A password, API key or provider key in memory. It prints as stars and refuses to be written as JSON. */
public final class Secret {
    private final String clear;

    @JsonCreator
    public Secret(String clear) {
        this.clear = clear;
    }

    /** The secret itself. Call it where the secret is used, and nowhere else. */
    public String reveal() {
        return clear;
    }

    @JsonValue
    String neverWritten() {
        throw new UnsupportedOperationException("a secret is never serialised; seal it first");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.clear.equals(clear);
    }

    @Override
    public int hashCode() {
        return clear.hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }
}

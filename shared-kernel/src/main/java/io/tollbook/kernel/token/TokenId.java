package io.tollbook.kernel.token;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tollbook.kernel.Refused;

/** An API key's number. Its text is the name of its stream in the event store. */
public record TokenId(@JsonValue long value) {
    /** No key: whoever pays made the call themselves, signed in, on the page of that name. It has no quota of its own. */
    public static final TokenId SESSION = new TokenId(0);

    public static final String SESSION_NAME = "Playground";

    @JsonCreator
    public TokenId {
        if (value < 0) throw notAKey();
    }

    /** @throws Refused INVALID for what can be no key's number */
    public static TokenId ofKey(long value) {
        if (value <= 0) throw notAKey();
        return new TokenId(value);
    }

    private static Refused notAKey() {
        return Refused.invalid("A key id is a number from 1.");
    }

    public boolean isSession() {
        return value == 0;
    }

    @Override
    public String toString() {
        return "token-" + value;
    }
}

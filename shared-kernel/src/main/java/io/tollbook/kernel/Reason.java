package io.tollbook.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why somebody does something about other people's money, in their own words. Stored with the event. */
public record Reason(@JsonValue String words) {
    public static final int LENGTH_MAX = 500;

    @JsonCreator
    public Reason {
        words = words.strip();
        if (words.isEmpty()) throw Refused.invalid("Say why; the reason is stored with what you do.");
        if (words.length() > LENGTH_MAX) throw Refused.invalid("A reason has at most " + LENGTH_MAX + " characters.");
        if (words.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("A reason is one line without invisible characters.");
    }

    @Override
    public String toString() {
        return words;
    }
}

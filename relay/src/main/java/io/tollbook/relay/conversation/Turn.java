package io.tollbook.relay.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side said before the other spoke again. Turns of the same side may follow each other; who cannot have that joins
 * them.
 *
 * @param name of the participant, where the dialect has one
 */
public record Turn(Role role, List<Part> parts, @Nullable String name) {
    public enum Role {
        USER,
        ASSISTANT
    }

    public Turn {
        parts = List.copyOf(parts);
    }

    public Turn(Role role, List<Part> parts) {
        this(role, parts, null);
    }
}

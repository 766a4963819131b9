package io.tollbook.relay.conversation;

import java.util.List;

/** @param names of the functions allowed; empty for all */
public record ToolChoice(Mode mode, List<String> names) {
    public enum Mode {
        AUTO,
        NONE,
        /** One at least. */
        REQUIRED
    }

    public ToolChoice {
        names = List.copyOf(names);
    }
}

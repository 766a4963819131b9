package io.tollbook.kernel.channel;

/** What happened to a channel by itself. */
public enum IncidentKind {
    DISABLED("switched off"),
    ENABLED("used again"),
    KEY_DISABLED("key switched off"),
    KEY_ENABLED("key used again"),
    OUT("passed over"),
    BACK("answers again");

    private final String words;

    IncidentKind(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** Whether calls cannot go there any more. */
    public boolean isBad() {
        return this == DISABLED || this == KEY_DISABLED || this == OUT;
    }
}

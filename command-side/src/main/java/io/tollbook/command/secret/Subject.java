package io.tollbook.command.secret;

/** Whose secrets can be sealed besides those of users and channels, which go by the text of their ids. */
public final class Subject {
    /** The site as a whole: secret options. */
    public static final String SITE = "site";

    private Subject() {}
}

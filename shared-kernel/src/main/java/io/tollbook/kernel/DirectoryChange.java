package io.tollbook.kernel;

/**
 * Says that something the relay keeps in memory has changed in the read models. Reaches every node within a second.
 *
 * @param id the number of the user, token or channel; 0 for everything of that kind
 */
public record DirectoryChange(Kind kind, long id) {
    public enum Kind {
        USER,
        TOKEN,
        CHANNEL,
        OPTION,
        PRICE,
        MODEL,
        /** Changes may have been missed: forget everything. */
        ALL
    }
}

package io.tollbook.kernel;

/**
 * Which rows of a list.
 *
 * @param offset rows to leave out, from 0
 * @param limit rows to give, 1 to 1,000
 */
public record Paging(long offset, int limit) {
    public static final int LIMIT_MAX = 1_000;

    public Paging {
        if (offset < 0 || offset > 1_000_000_000L) throw Refused.invalid("The page lies outside the list.");
        if (limit < 1 || limit > LIMIT_MAX) throw Refused.invalid("A page holds 1 to " + LIMIT_MAX + " rows.");
    }

    public static Paging first(int limit) {
        return new Paging(0, limit);
    }
}

package io.tollbook.kernel.replay;

import org.jspecify.annotations.Nullable;

/**
 * One value that is not what the events say.
 *
 * @param key of the row, its columns separated by commas
 * @param column {@link #ROW} where a whole row is missing or too many
 * @param expected what the events say; null for nothing
 * @param actual what the live read model has; null for nothing
 */
public record ReplayDifference(
        String readModel,
        String table,
        String key,
        String column,
        @Nullable String expected,
        @Nullable String actual) {
    public static final String ROW = "*";
}

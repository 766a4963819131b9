package io.tollbook.kernel;

import java.util.List;

/**
 * Some rows of a list.
 *
 * @param total rows that the whole list has
 * @param isExact whether they were counted; otherwise it is about so many
 */
public record Page<T>(List<T> items, long total, boolean isExact) {
    public Page {
        items = List.copyOf(items);
    }

    public Page(List<T> items, long total) {
        this(items, total, true);
    }
}

package io.tollbook.kernel;

import java.util.List;

/**
 * Some rows of a list.
 *
 * @param total rows that the whole list has
 */
public record Page<T>(List<T> items, long total) {
    public Page {
        items = List.copyOf(items);
    }
}

package io.tollbook.console.statistics;

import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Chart;
import java.util.Map;

/**
 * Something that usage is told of: a model, a user, or all others together.
 *
 * @param key tells it from others of its kind
 * @param filters under which the log lists its calls
 * @param rest whether it stands for all that are not named
 */
record Part(String key, String label, Map<String, String> filters, boolean rest) {
    /** No name is like it, not even an empty one. */
    static final String REST = "\0";

    Chart.Mark mark() {
        return new Chart.Mark(label, LogAddress.query(filters), rest);
    }
}

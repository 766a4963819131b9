package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A table in the docs whose cells are tests: a cell that comes out otherwise fails, and what came out of all that ran is
 * printed at the end, as the page would have it.
 */
final class PublishedTable implements AfterAllCallback {
    private final String title;
    private final int keys;
    private final List<String> head;
    /** The cells behind its first ones, by those. */
    private final Map<String, List<String>> rows = new LinkedHashMap<>();

    private final Map<String, String> found = new ConcurrentHashMap<>();

    /**
     * @param page below docs
     * @param title the heading it stands under
     * @param keys how many first cells tell the row
     */
    PublishedTable(String page, String title, int keys) {
        this.title = title;
        this.keys = keys;
        List<List<String>> lines = lines(page, title);
        head = lines.getFirst();
        for (List<String> line : lines.subList(2, lines.size())) {
            if (line.size() != head.size()) throw new AssertionError("a row of another width: " + line);
            rows.put(key(line), line.subList(keys, line.size()));
        }
    }

    private static List<List<String>> lines(String page, String title) {
        List<List<String>> table = new ArrayList<>();
        boolean below = false;
        try {
            for (String line : Files.readAllLines(Path.of("../docs").resolve(page))) {
                below |= line.equals(title);
                if (below && line.startsWith("|"))
                    table.add(List.of(line.substring(1, line.lastIndexOf('|')).split("\\|")).stream()
                            .map(String::strip)
                            .toList());
                else if (!table.isEmpty()) return table;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (table.isEmpty()) throw new AssertionError("no table below " + title + " in " + page);
        return table;
    }

    private String key(List<String> line) {
        return String.join(" | ", line.subList(0, keys));
    }

    /** What tells its rows, in their order. */
    List<String> rows() {
        return List.copyOf(rows.keySet());
    }

    List<String> columns() {
        return head.subList(keys, head.size());
    }

    String says(String row, String column) {
        int at = columns().indexOf(column);
        if (at < 0 || !rows.containsKey(row)) throw new AssertionError("the page has no " + column + " for " + row);
        return rows.get(row).get(at);
    }

    /** The page is right about this. */
    void check(String row, String column, String outcome) {
        found.put(row + column, outcome);
        assertThat(outcome).as("%s: %s", row, column).isEqualTo(says(row, column));
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        StringBuilder text = new StringBuilder(title).append("\n| ").append(String.join(" | ", head));
        text.append(" |\n").append("|---".repeat(head.size())).append("|\n");
        for (String row : rows.keySet()) {
            text.append("| ").append(row);
            for (String column : columns()) text.append(" | ").append(found.getOrDefault(row + column, "?"));
            text.append(" |\n");
        }
        System.out.println(text);
    }
}

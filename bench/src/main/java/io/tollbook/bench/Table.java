package io.tollbook.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of results, as Markdown and as JSON. */
final class Table {
    /** @param isMet null where nothing is required */
    record Row(String work, String direct, String through, String required, Boolean isMet) {}

    private final List<Row> rows = new ArrayList<>();

    void add(String work, String direct, String through, String required, boolean isMet) {
        rows.add(new Row(work, direct, through, required, isMet));
        Progress.say("%s: %s (required %s)%s", work, through, required, isMet ? "" : "  NOT MET");
    }

    void note(String work, String direct, String through) {
        rows.add(new Row(work, direct, through, "", null));
        Progress.say("%s: %s", work, through);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    String markdown(Map<String, Object> machine) {
        StringBuilder text =
                new StringBuilder("| work | direct | through Tollbook | required | |\n|---|---|---|---|---|\n");
        for (Row row : rows)
            text.append("| ")
                    .append(String.join(
                            " | ",
                            row.work(),
                            row.direct(),
                            row.through(),
                            row.required(),
                            row.isMet() == null ? "" : row.isMet() ? "met" : "**not met**"))
                    .append(" |\n");
        text.append("\nMachine: ");
        machine.forEach(
                (name, value) -> text.append(name).append(' ').append(value).append("; "));
        return text.append('\n').toString();
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    static String millis(double value) {
        return number(value, value < 10 ? 2 : value < 100 ? 1 : 0);
    }

    static String megabytes(long bytes) {
        return number(bytes / 1_048_576.0, 0) + " MB";
    }
}

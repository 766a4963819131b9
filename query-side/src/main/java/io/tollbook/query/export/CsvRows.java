package io.tollbook.query.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180, with a line of names first. A text that a spreadsheet would take for a formula gets an apostrophe before it, which
 * spreadsheets do not show. Numbers are never changed.
 */
final class CsvRows implements RowWriter {
    private static final String FORMULA_BEGINS = "=+-@\t\r\n";

    private final CsvWriter csv;

    CsvRows(List<String> columns, OutputStream out) {
        csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(columns);
    }

    @Override
    public void row(List<? extends @Nullable Object> values) throws IOException {
        try {
            csv.writeRecord(values.stream().map(CsvRows::text).toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Map<?, ?> map -> harmless(JsonRows.text(map));
            case Collection<?> list -> harmless(JsonRows.text(list));
            case java.math.BigDecimal decimal -> decimal.toPlainString();
            case Number number -> number.toString();
            default -> harmless(value.toString());
        };
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA_BEGINS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
    }
}

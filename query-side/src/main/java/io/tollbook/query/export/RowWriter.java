package io.tollbook.query.export;

import io.tollbook.kernel.api.ExportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of one shape, and keeps none. Values are texts, numbers, truth values, moments, and maps and lists of these. */
public interface RowWriter {
    void row(List<? extends @Nullable Object> values) throws IOException;

    /** Hands on what was written. The stream stays open. */
    void flush() throws IOException;

    static RowWriter of(ExportFormat format, List<String> columns, OutputStream out) throws IOException {
        return switch (format) {
            case CSV -> new CsvRows(columns, out);
            case JSON_LINES -> new JsonRows(columns, out);
            case BEANCOUNT, LEDGER -> throw new IllegalArgumentException(format + " has no columns");
        };
    }
}

package io.tollbook.query.ledger;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.tollbook.kernel.ledger.LedgerExport.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/** Rows of named columns, written one by one as CSV with a head or as one JSON object a line. */
interface TableFile {
    /** Texts, longs, exact decimals or nothing, one for each column. */
    void row(@Nullable Object... values) throws IOException;

    /** Nothing more comes. */
    void end() throws IOException;

    static TableFile open(Format format, OutputStream out, String... columns) throws IOException {
        return switch (format) {
            case CSV -> new Csv(out, columns);
            case JSON_LINES -> new JsonLines(out, columns);
            case BEANCOUNT, LEDGER -> throw new IllegalArgumentException(format + " has no columns");
        };
    }

    /** RFC 4180. */
    final class Csv implements TableFile {
        private final Writer writer;
        private final CsvWriter csv;

        Csv(OutputStream out, String... columns) {
            writer = new OutputStreamWriter(new BufferedOutputStream(out, 1 << 16), StandardCharsets.UTF_8);
            csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(writer);
            csv.writeRecord(columns);
        }

        @Override
        public void row(@Nullable Object... values) throws IOException {
            String[] cells = new String[values.length];
            for (int i = 0; i < values.length; i++) cells[i] = cell(values[i]);
            try {
                csv.writeRecord(cells);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private static String cell(@Nullable Object value) {
            return switch (value) {
                case null -> "";
                case BigDecimal decimal -> decimal.toPlainString();
                case String text -> harmless(text);
                default -> value.toString();
            };
        }

        /** A spreadsheet takes a text that begins like a formula for one, and would run what a stranger wrote. */
        private static String harmless(String text) {
            return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        }

        @Override
        public void end() throws IOException {
            csv.flush();
            writer.flush();
        }
    }

    /** Amounts are strings: a JSON number is exact only up to 2⁵³ where a program reads it as a binary fraction. */
    final class JsonLines implements TableFile {
        private final JsonGenerator json;
        private final List<String> columns;

        JsonLines(OutputStream out, String... columns) {
            this.columns = List.of(columns);
            json = new JsonFactory().createGenerator(tools.jackson.core.ObjectWriteContext.empty(), out);
        }

        @Override
        public void row(@Nullable Object... values) {
            json.writeStartObject();
            for (int i = 0; i < values.length; i++) {
                json.writeName(columns.get(i));
                switch (values[i]) {
                    case null -> json.writeNull();
                    case Long number -> json.writeNumber(number);
                    case BigDecimal decimal -> json.writeString(decimal.toPlainString());
                    default -> json.writeString(String.valueOf(values[i]));
                }
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }

        @Override
        public void end() {
            json.flush();
        }
    }
}

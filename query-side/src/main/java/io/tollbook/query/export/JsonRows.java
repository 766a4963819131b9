package io.tollbook.query.export;

import io.tollbook.query.readmodel.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. A whole number beyond 2^53 and any decimal is written as a text: many programs read numbers as binary
 * fractions and would change them silently.
 */
final class JsonRows implements RowWriter {
    private static final long EXACT_MAX = 1L << 53;

    private final List<String> columns;
    private final OutputStream out;

    JsonRows(List<String> columns, OutputStream out) {
        this.columns = List.copyOf(columns);
        this.out = out;
    }

    @Override
    public void row(List<? extends @Nullable Object> values) throws IOException {
        StringBuilder line = new StringBuilder(512).append('{');
        Iterator<? extends @Nullable Object> value = values.iterator();
        for (String column : columns) {
            if (line.length() > 1) line.append(',');
            line.append(Json.write(column)).append(':').append(text(value.next()));
        }
        out.write(line.append("}\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    static String text(@Nullable Object value) {
        return value == null ? "null" : Json.write(exact(value));
    }

    private static Object exact(Object value) {
        return switch (value) {
            case Long number when number > EXACT_MAX || number < -EXACT_MAX -> number.toString();
            case Number number when number instanceof BigInteger -> number.toString();
            case BigDecimal decimal -> decimal.toPlainString();
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, one) -> copy.put(key, exact(one)));
                yield copy;
            }
            case Collection<?> list -> list.stream().map(JsonRows::exact).toList();
            case Boolean truth -> truth;
            case Number number -> number;
            default -> value.toString();
        };
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}

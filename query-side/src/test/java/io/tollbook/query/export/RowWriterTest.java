package io.tollbook.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.api.ExportFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowWriterTest {
    private static String written(ExportFormat format, @Nullable Object... values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> columns = java.util.stream.IntStream.range(0, values.length)
                .mapToObj(i -> "c" + i)
                .toList();
        RowWriter writer = RowWriter.of(format, columns, out);
        writer.row(Arrays.asList(values));
        writer.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String csv(@Nullable Object value) throws IOException {
        String text = written(ExportFormat.CSV, value, "end");
        return text.substring("c0,c1\r\n".length(), text.length() - ",end\r\n".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"})
    void whatASpreadsheetWouldRunIsMadeAText(String formula) throws IOException {
        assertThat(csv(formula)).isEqualTo("'" + formula);
    }

    @Test
    void aFormulaBehindALineBreakIsMadeATextToo() throws IOException {
        assertThat(csv("\r=1+1")).isEqualTo("\"'\r=1+1\"");
    }

    @Test
    void otherTextsAndNumbersStayAsTheyAre() throws IOException {
        assertThat(csv("a=b")).isEqualTo("a=b");
        assertThat(csv(-5L)).isEqualTo("-5");
        assertThat(csv(new BigDecimal("-1E-7"))).isEqualTo("-0.0000001");
        assertThat(csv(null)).isEmpty();
        assertThat(csv("say \"hi\", twice")).isEqualTo("\"say \"\"hi\"\", twice\"");
        assertThat(csv(Map.of("INPUT", 5L))).isEqualTo("\"{\"\"INPUT\"\":5}\"");
    }

    @Test
    void numbersThatABinaryFractionWouldChangeAreTexts() throws IOException {
        long most = 1L << 53;
        assertThat(written(ExportFormat.JSON_LINES, most, most + 1, -most - 1, List.of(Map.of("deep", most + 1))))
                .isEqualTo("{\"c0\":9007199254740992,\"c1\":\"9007199254740993\",\"c2\":\"-9007199254740993\","
                        + "\"c3\":[{\"deep\":\"9007199254740993\"}]}\n");
        assertThat(written(ExportFormat.JSON_LINES, BigInteger.ONE.shiftLeft(70), new BigDecimal("0.1")))
                .isEqualTo("{\"c0\":\"1180591620717411303424\",\"c1\":\"0.1\"}\n");
    }

    @Test
    void jsonKeepsTextsTruthAndNothing() throws IOException {
        assertThat(written(ExportFormat.JSON_LINES, "=1\n\"", true, null, Instant.EPOCH))
                .isEqualTo("{\"c0\":\"=1\\n\\\"\",\"c1\":true,\"c2\":null,\"c3\":\"1970-01-01T00:00:00Z\"}\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"CSV", "JSON_LINES"})
    void rowsAreHandedOnAndNotKept(ExportFormat format) throws IOException {
        long[] bytes = new long[1];
        RowWriter writer = RowWriter.of(format, List.of("text"), new OutputStream() {
            @Override
            public void write(int b) {
                bytes[0]++;
            }

            @Override
            public void write(byte[] b, int offset, int length) {
                bytes[0] += length;
            }
        });
        int rows = 100_000;
        for (int i = 0; i < rows; i++) {
            writer.row(List.of("0123456789"));
            assertThat(i * 10L - bytes[0]).isLessThan(64 * 1024);
        }
        writer.flush();
        assertThat(bytes[0]).isGreaterThan(rows * 10L);
    }
}

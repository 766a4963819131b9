package io.tollbook.relay.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One event of a stream, in the buffer it came in.
 *
 * @param from where it begins
 * @param data where its data begins, behind {@code data:} and a space; -1 if it has none
 * @param to behind the blank line that ends it
 */
public record EventBytes(byte[] bytes, int from, int data, int to) {
    private static final JsonMapper JSON = JsonMapper.builder()
            // Behind the data there may be another line of the event.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final byte[] LINE = "\ndata:".getBytes(StandardCharsets.US_ASCII);

    /** Finds the data of what lies between two positions. */
    public static EventBytes of(byte[] bytes, int from, int to) {
        int line = from;
        while (line < to) {
            if (startsWith(bytes, line, to, "data:")) {
                int at = line + 5;
                while (at < to && bytes[at] == ' ') at++;
                return new EventBytes(bytes, from, at, to);
            }
            while (line < to && bytes[line] != '\n') line++;
            line++;
        }
        return new EventBytes(bytes, from, -1, to);
    }

    public boolean hasData() {
        return data >= 0;
    }

    public boolean dataStartsWith(String text) {
        return startsWith(bytes, data, to, text);
    }

    private static boolean startsWith(byte[] bytes, int from, int to, String text) {
        if (from + text.length() > to) return false;
        for (int i = 0; i < text.length(); i++) if (bytes[from + i] != text.charAt(i)) return false;
        return true;
    }

    /** Whether the data contain these bytes, which begin with a quotation mark. */
    public boolean contains(byte[] quoted) {
        for (int i = data; i + quoted.length <= to; i++)
            if (bytes[i] == '"' && Arrays.equals(bytes, i, i + quoted.length, quoted, 0, quoted.length)) return true;
        return false;
    }

    /** Whether the data say something of a field, by its quoted name, and not just null: OpenAI says that in every piece. */
    public boolean tells(byte[] quoted) {
        for (int i = data; i + quoted.length <= to; i++) {
            if (bytes[i] != '"' || !Arrays.equals(bytes, i, i + quoted.length, quoted, 0, quoted.length)) continue;
            int at = i + quoted.length;
            while (at < to && (bytes[at] == ':' || bytes[at] == ' ')) at++;
            if (!startsWith(bytes, at, to, "null")) return true;
        }
        return false;
    }

    /** The data as JSON; null if they are something else. */
    public @Nullable JsonNode json() {
        try {
            if (data < to && bytes[data] == '{' && !hasLines()) return JSON.readTree(bytes, data, to - data);
        } catch (JacksonException e) {
            // Letters that are none do not keep the rest of an event from being read.
        }
        try {
            String text = new String(bytes, data, to - data, StandardCharsets.UTF_8);
            return JSON.readTree(hasLines() ? text.replaceAll("\\r?\\ndata: ?", "\n") : text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Whether the data stand in several lines: then they are no JSON before they are joined. */
    public boolean hasLines() {
        for (int i = data; i + LINE.length <= to; i++) {
            if (bytes[i] == '\n' && Arrays.equals(bytes, i, i + LINE.length, LINE, 0, LINE.length)) return true;
        }
        return false;
    }
}

package io.tollbook.relay.metering;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Counts, without parsing, how much text an answer has: the letters inside the strings of the fields that hold it. Used only
 * where a provider reports no usage.
 */
public final class AnswerText {
    private final List<byte[]> fields;
    /** Where the first field brings the text piece by piece, the others repeat it. */
    private final boolean repeats;

    private long narrow;
    private long wide;
    private long repeatedNarrow;
    private long repeatedWide;

    private AnswerText(String... fields) {
        this(false, fields);
    }

    private AnswerText(boolean repeats, String... fields) {
        this.repeats = repeats;
        this.fields = Arrays.stream(fields)
                .map(field -> ('"' + field + "\":").getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    public static AnswerText ofOpenAi() {
        return new AnswerText("content", "reasoning_content", "reasoning", "refusal", "arguments");
    }

    public static AnswerText ofCompletions() {
        return new AnswerText("text");
    }

    public static AnswerText ofResponses() {
        return new AnswerText(true, "delta", "text", "refusal", "arguments");
    }

    public static AnswerText ofClaude() {
        return new AnswerText("text", "thinking", "partial_json");
    }

    public static AnswerText ofNothing() {
        return new AnswerText();
    }

    public static AnswerText ofGemini() {
        return new AnswerText("text", "args");
    }

    /** Takes in bytes of JSON that may be cut anywhere but inside a field. */
    public void read(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int quote = indexOf(bytes, (byte) '"', at, to);
            if (quote < 0) return;
            int behind = fieldEnd(bytes, quote, to);
            if (behind < 0) {
                at = quote + 1;
                continue;
            }
            long narrowBefore = narrow;
            long wideBefore = wide;
            at = countString(bytes, behind, to);
            if (!repeats || startsWith(bytes, quote, to, fields.getFirst())) continue;
            repeatedNarrow += narrow - narrowBefore;
            repeatedWide += wide - wideBefore;
            narrow = narrowBefore;
            wide = wideBefore;
        }
    }

    /** Takes in text that somebody has parsed. */
    public void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) narrow++;
            else if (!Character.isLowSurrogate(c)) wide++;
        }
    }

    private int fieldEnd(byte[] bytes, int quote, int to) {
        for (byte[] field : fields) if (startsWith(bytes, quote, to, field)) return quote + field.length;
        return -1;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
        return from + start.length <= to && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    private int countString(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') at++;
        if (at < to && bytes[at] == '{') return countObject(bytes, at, to);
        if (at >= to || bytes[at] != '"') return at;
        at++;
        while (at < to && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                boolean unicode = at + 1 < to && bytes[at + 1] == 'u';
                if (unicode) wide++;
                else narrow++;
                at += unicode ? 6 : 2;
                continue;
            }
            if (bytes[at] >= 0) narrow++;
            else if ((bytes[at] & 0xC0) == 0xC0) wide++;
            at++;
        }
        return at + 1;
    }

    /** A function's arguments, where they are no text but JSON. */
    private int countObject(byte[] bytes, int from, int to) {
        int depth = 0;
        boolean quoted = false;
        int at = from;
        while (at < to) {
            byte one = bytes[at++];
            if (one >= 0) narrow++;
            else if ((one & 0xC0) == 0xC0) wide++;
            if (quoted && one == '\\') at++;
            else if (one == '"') quoted = !quoted;
            else if (!quoted && one == '{') depth++;
            else if (!quoted && one == '}' && --depth == 0) break;
        }
        return at;
    }

    private static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        for (int i = from; i < to; i++) if (bytes[i] == wanted) return i;
        return -1;
    }

    /** Four letters a token, and 0.85 tokens a character of another script. */
    public long tokens() {
        boolean pieces = narrow + wide > 0;
        long letters = pieces ? narrow : repeatedNarrow;
        long others = pieces ? wide : repeatedWide;
        return (letters + 3) / 4 + (others * 85 + 99) / 100;
    }

    public boolean isEmpty() {
        return narrow + wide + repeatedNarrow + repeatedWide == 0;
    }
}

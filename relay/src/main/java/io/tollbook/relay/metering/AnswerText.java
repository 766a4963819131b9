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
    private long narrow;
    private long wide;

    private AnswerText(String... fields) {
        this.fields = Arrays.stream(fields)
                .map(field -> ('"' + field + "\":").getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    public static AnswerText ofOpenAi() {
        return new AnswerText("content", "reasoning_content", "arguments");
    }

    public static AnswerText ofResponses() {
        return new AnswerText("delta", "text", "arguments");
    }

    public static AnswerText ofClaude() {
        return new AnswerText("text", "thinking", "partial_json");
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
            at = behind < 0 ? quote + 1 : countString(bytes, behind, to);
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
        for (byte[] field : fields) {
            if (quote + field.length > to) continue;
            boolean same = true;
            for (int i = 0; i < field.length && same; i++) same = bytes[quote + i] == field[i];
            if (same) return quote + field.length;
        }
        return -1;
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
        return (narrow + 3) / 4 + (wide * 85 + 99) / 100;
    }

    public boolean isEmpty() {
        return narrow + wide == 0;
    }
}

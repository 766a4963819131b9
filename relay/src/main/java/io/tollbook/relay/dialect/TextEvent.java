package io.tollbook.relay.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/**
 * The event of which a stream has thousands: all of them say the same but for one text. What stands around that is written
 * once, by the code that writes any other event.
 */
public final class TextEvent {
    /** Stands where the text will. Written as JSON it has no letter that is escaped; no model has such a name. */
    public static final String TEXT = "\uE0F7text\uE0F8";

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] before;
    private final byte[] behind;

    private TextEvent(byte[] before, byte[] behind) {
        this.before = before;
        this.behind = behind;
    }

    /** @param event with {@link #TEXT} as the value of one of its fields */
    public static TextEvent around(String begin, JsonNode event, String end) {
        String json = Json.MAPPER.writeValueAsString(event);
        int at = json.indexOf('"' + TEXT + '"');
        if (at < 0) throw new IllegalArgumentException("an event without a text");
        return new TextEvent(
                (begin + json.substring(0, at)).getBytes(StandardCharsets.UTF_8),
                (json.substring(at + TEXT.length() + 2) + end).getBytes(StandardCharsets.UTF_8));
    }

    public void write(String text, ByteArrayOutputStream out) {
        out.writeBytes(before);
        quote(text, out);
        out.writeBytes(behind);
    }

    /**
     * Writes a text as a JSON string. Half a character, which some providers cut off at the end of an event and send at the
     * beginning of the next, stays the half it is.
     */
    public static void quote(String text, ByteArrayOutputStream out) {
        byte[] quoted = new byte[text.length() * 6 + 2];
        int at = 0;
        quoted[at++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) at = wide(text, i, quoted, at);
            else if (c >= ' ' && c != '"' && c != '\\') quoted[at++] = (byte) c;
            else at = escaped(c, quoted, at);
        }
        quoted[at++] = '"';
        out.write(quoted, 0, at);
    }

    private static int wide(String text, int i, byte[] into, int at) {
        char c = text.charAt(i);
        if (c < 0x800) {
            into[at++] = (byte) (0xC0 | c >> 6);
            into[at++] = (byte) (0x80 | c & 0x3F);
            return at;
        }
        if (!Character.isSurrogate(c)) {
            into[at++] = (byte) (0xE0 | c >> 12);
            into[at++] = (byte) (0x80 | c >> 6 & 0x3F);
            into[at++] = (byte) (0x80 | c & 0x3F);
            return at;
        }
        if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
            int point = Character.toCodePoint(c, text.charAt(i + 1));
            into[at++] = (byte) (0xF0 | point >> 18);
            into[at++] = (byte) (0x80 | point >> 12 & 0x3F);
            into[at++] = (byte) (0x80 | point >> 6 & 0x3F);
            into[at++] = (byte) (0x80 | point & 0x3F);
            return at;
        }
        // Written with the high one before it.
        if (i > 0 && Character.isLowSurrogate(c) && Character.isHighSurrogate(text.charAt(i - 1))) return at;
        return unicode(c, into, at);
    }

    private static int escaped(char c, byte[] into, int at) {
        char letter = switch (c) {
            case '"', '\\' -> c;
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case '\b' -> 'b';
            case '\f' -> 'f';
            default -> 0;
        };
        if (letter == 0) return unicode(c, into, at);
        into[at++] = '\\';
        into[at++] = (byte) letter;
        return at;
    }

    private static int unicode(char c, byte[] into, int at) {
        into[at++] = '\\';
        into[at++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) into[at++] = HEX[c >> shift & 0xF];
        return at;
    }
}

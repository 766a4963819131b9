package io.tollbook.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one HTTP/1.1 answer from bytes that arrive in pieces, and notes what {@link Call} wants to know. */
final class Answer {
    private static final int HEAD_BYTES_MAX = 64 * 1024;
    private static final int LINE_BYTES_MAX = 4 * 1024 * 1024;
    private static final int KEPT_BYTES_MAX = 16 * 1024;
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USAGE = "\"usage\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CODE = "\"code\":\"".getBytes(StandardCharsets.US_ASCII);

    private enum Part {
        HEAD,
        FIXED,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE,
        END
    }

    private Part part = Part.HEAD;
    private byte[] head = new byte[1024];
    private int headLength;
    private long left;
    private int trailerLine;
    private byte[] line = new byte[1024];
    private int lineLength;

    private Spoken spoken = Spoken.OPENAI;

    int status;
    boolean close;
    boolean stream;
    boolean done;
    boolean retryAfter;
    boolean usageSeen;
    int pieces;
    long bodyBytes;

    @Nullable
    String requestId;

    @Nullable
    String id;

    @Nullable
    String code;

    void clear(Spoken dialect) {
        spoken = dialect;
        part = Part.HEAD;
        headLength = 0;
        lineLength = 0;
        left = 0;
        status = 0;
        close = false;
        stream = false;
        done = false;
        retryAfter = false;
        usageSeen = false;
        pieces = 0;
        bodyBytes = 0;
        requestId = null;
        id = null;
        code = null;
        if (line.length > 64 * 1024) line = new byte[1024];
    }

    boolean isWhole() {
        return part == Part.END;
    }

    boolean hasBegun() {
        return headLength > 0;
    }

    /** The connection ended. True if that is how this answer ends. */
    boolean endOfStream() {
        if (part != Part.UNTIL_CLOSE) return isWhole();
        end();
        return true;
    }

    /** @throws IllegalStateException where the bytes are no HTTP */
    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining() && part != Part.END) {
            switch (part) {
                case HEAD -> feedHead(bytes);
                case FIXED -> {
                    int count = (int) Math.min(left, bytes.remaining());
                    body(bytes, count);
                    left -= count;
                    if (left == 0) end();
                }
                case CHUNK_SIZE -> {
                    byte b = bytes.get();
                    if (b == '\n') {
                        if (trailerLine < 0) throw new IllegalStateException("a chunk without a size");
                        part = left == 0 ? Part.TRAILER : Part.CHUNK_DATA;
                        trailerLine = 0;
                    } else if (trailerLine <= 0) {
                        int digit = Character.digit(b, 16);
                        if (digit >= 0) {
                            left = left * 16 + digit;
                            trailerLine = 0;
                        } else if (b == ';' || b == '\r') trailerLine = 1;
                        else throw new IllegalStateException("no chunk size: " + b);
                    }
                }
                case CHUNK_DATA -> {
                    int count = (int) Math.min(left, bytes.remaining());
                    body(bytes, count);
                    left -= count;
                    if (left == 0) part = Part.CHUNK_END;
                }
                case CHUNK_END -> {
                    if (bytes.get() == '\n') beginChunk();
                }
                case TRAILER -> {
                    byte b = bytes.get();
                    if (b == '\n') {
                        if (trailerLine == 0) end();
                        trailerLine = 0;
                    } else if (b != '\r') trailerLine++;
                }
                case UNTIL_CLOSE -> body(bytes, bytes.remaining());
                case END -> {}
            }
        }
    }

    private void beginChunk() {
        part = Part.CHUNK_SIZE;
        left = 0;
        trailerLine = -1;
    }

    private void feedHead(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (headLength == head.length) {
                if (headLength >= HEAD_BYTES_MAX) throw new IllegalStateException("the head is too long");
                head = Arrays.copyOf(head, head.length * 2);
            }
            byte b = bytes.get();
            head[headLength++] = b;
            if (b == '\n'
                    && headLength >= 4
                    && head[headLength - 2] == '\r'
                    && head[headLength - 3] == '\n'
                    && head[headLength - 4] == '\r') {
                readHead();
                return;
            }
        }
    }

    private void readHead() {
        if (headLength < 12 || head[0] != 'H') throw new IllegalStateException("no HTTP");
        status = (head[9] - '0') * 100 + (head[10] - '0') * 10 + head[11] - '0';
        if (status == 100) {
            headLength = 0;
            return;
        }
        long length = -1;
        boolean chunked = false;
        int at = indexOf(head, headLength, (byte) '\n', 0) + 1;
        while (at < headLength - 2) {
            int end = indexOf(head, headLength, (byte) '\n', at);
            switch (head[at] | 0x20) {
                case 'c' -> {
                    if (isHeader(at, "content-length:")) length = Long.parseLong(value(at, end, 15));
                    else if (isHeader(at, "content-type:"))
                        stream = value(at, end, 13).startsWith("text/event-stream");
                    else if (isHeader(at, "connection:"))
                        close = value(at, end, 11).equalsIgnoreCase("close");
                }
                case 't' -> {
                    if (isHeader(at, "transfer-encoding:"))
                        chunked = value(at, end, 18).equalsIgnoreCase("chunked");
                }
                case 'x' -> {
                    if (isHeader(at, "x-oneapi-request-id:")) requestId = value(at, end, 20);
                }
                case 'r' -> {
                    if (isHeader(at, "retry-after:")) retryAfter = true;
                }
                default -> {}
            }
            at = end + 1;
        }
        if (chunked) beginChunk();
        else if (length == 0 || status == 204 || status == 304) end();
        else if (length > 0) {
            part = Part.FIXED;
            left = length;
        } else {
            part = Part.UNTIL_CLOSE;
            close = true;
        }
    }

    private void body(ByteBuffer bytes, int count) {
        bodyBytes += count;
        if (stream) {
            for (int i = 0; i < count; i++) {
                byte b = bytes.get();
                if (b == '\n') line();
                else append(b, LINE_BYTES_MAX);
            }
            return;
        }
        // The beginning holds the id or the error, the end the usage: only the end of a long body is left out.
        int kept = Math.min(count, KEPT_BYTES_MAX - lineLength);
        if (kept > 0) {
            if (lineLength + kept > line.length)
                line = Arrays.copyOf(line, Math.max(line.length * 2, lineLength + kept));
            bytes.get(line, lineLength, kept);
            lineLength += kept;
        }
        if (kept < count) bytes.position(bytes.position() + count - Math.max(0, kept));
    }

    private void append(byte b, int bytesMax) {
        if (lineLength == line.length) {
            if (lineLength >= bytesMax) throw new IllegalStateException("a line of more than " + bytesMax + " bytes");
            line = Arrays.copyOf(line, line.length * 2);
        }
        line[lineLength++] = b;
    }

    private void line() {
        int length = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
        lineLength = 0;
        if (length < DATA.length || !startsWith(DATA, length)) return;
        if (indexOf(line, length, spoken.end) >= 0) {
            done = true;
            return;
        }
        if (id == null) id = textAfter(ID, length);
        if (indexOf(line, length, spoken.piece) >= 0) pieces++;
        else {
            if (indexOf(line, length, USAGE) >= 0) usageSeen = true;
            if (code == null) code = textAfter(CODE, length);
        }
    }

    private void end() {
        part = Part.END;
        if (stream) {
            if (lineLength > 0) line();
            return;
        }
        id = textAfter(ID, lineLength);
        if (status >= 400) code = textAfter(CODE, lineLength);
        else usageSeen = indexOf(line, lineLength, USAGE) >= 0;
    }

    private boolean startsWith(byte[] start, int length) {
        return length >= start.length && Arrays.equals(line, 0, start.length, start, 0, start.length);
    }

    private @Nullable String textAfter(byte[] mark, int length) {
        int at = indexOf(line, length, mark);
        if (at < 0) return null;
        int from = at + mark.length;
        int to = indexOf(line, length, (byte) '"', from);
        return to < 0 ? null : new String(line, from, to - from, StandardCharsets.UTF_8);
    }

    private boolean isHeader(int at, String name) {
        if (at + name.length() > headLength) return false;
        for (int i = 0; i < name.length(); i++) if ((head[at + i] | 0x20) != (name.charAt(i) | 0x20)) return false;
        return true;
    }

    private String value(int at, int end, int nameLength) {
        return new String(head, at + nameLength, end - at - nameLength, StandardCharsets.ISO_8859_1).trim();
    }

    private static int indexOf(byte[] bytes, int length, byte wanted, int from) {
        for (int i = from; i < length; i++) if (bytes[i] == wanted) return i;
        return -1;
    }

    private static int indexOf(byte[] bytes, int length, byte[] wanted) {
        byte first = wanted[0];
        byte second = wanted[1];
        for (int i = 0; i <= length - wanted.length; i++) {
            if (bytes[i] != first || bytes[i + 1] != second) continue;
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) return i;
        }
        return -1;
    }
}

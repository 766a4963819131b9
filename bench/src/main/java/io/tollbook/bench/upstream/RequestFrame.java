package io.tollbook.bench.upstream;

import org.jspecify.annotations.Nullable;

/** Finds one whole HTTP/1.1 request in bytes that arrive in pieces. */
final class RequestFrame {
    static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

    enum State {
        INCOMPLETE,
        WHOLE,
        BROKEN
    }

    byte[] bytes = new byte[4096];
    int length;

    private int headEnd = -1;
    private int bodyLength;
    private boolean chunked;

    /** Decoded chunked bodies stand here; others stay where they arrived. */
    private byte[] body = bytes;

    private int bodyFrom;
    private int bodyTo;
    private int frameEnd;

    String method = "";
    String path = "";

    @Nullable
    String faultHeader;

    void ensure(int more) {
        if (length + more <= bytes.length) return;
        byte[] wider = new byte[Math.max(bytes.length * 2, length + more)];
        System.arraycopy(bytes, 0, wider, 0, length);
        bytes = wider;
    }

    State read() {
        if (headEnd < 0) {
            headEnd = indexOfHeadEnd();
            if (headEnd < 0) return length > 64 * 1024 ? State.BROKEN : State.INCOMPLETE;
            if (!readHead()) return State.BROKEN;
        }
        if (chunked) return readChunks();
        if (length - headEnd < bodyLength) return State.INCOMPLETE;
        body = bytes;
        bodyFrom = headEnd;
        bodyTo = headEnd + bodyLength;
        frameEnd = bodyTo;
        return State.WHOLE;
    }

    byte[] body() {
        return body;
    }

    int bodyFrom() {
        return bodyFrom;
    }

    int bodyTo() {
        return bodyTo;
    }

    int bodyLength() {
        return bodyTo - bodyFrom;
    }

    /** Forgets the request just read and keeps what came behind it. */
    void next() {
        int rest = length - frameEnd;
        if (rest > 0) System.arraycopy(bytes, frameEnd, bytes, 0, rest);
        length = rest;
        headEnd = -1;
        faultHeader = null;
        if (bytes.length > 256 * 1024 && rest < 4096) {
            byte[] narrower = new byte[4096];
            System.arraycopy(bytes, 0, narrower, 0, rest);
            bytes = narrower;
        }
        body = bytes;
    }

    private int indexOfHeadEnd() {
        for (int i = 3; i < length; i++)
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') return i + 1;
        return -1;
    }

    private boolean readHead() {
        int line = indexOf((byte) '\n', 0);
        int space = indexOf((byte) ' ', 0);
        int second = indexOf((byte) ' ', space + 1);
        if (space < 0 || second < 0 || second > line) return false;
        method = bytes[0] == 'P' ? "POST" : text(0, space);
        path = text(space + 1, second);
        bodyLength = 0;
        chunked = false;
        int at = line + 1;
        while (at < headEnd - 2) {
            int end = indexOf((byte) '\n', at);
            if (isHeader(at, "content-length:")) {
                long value = 0;
                for (int i = at + 15; i < end; i++)
                    if (bytes[i] >= '0' && bytes[i] <= '9') value = Math.min(1L << 40, value * 10 + bytes[i] - '0');
                if (value > BODY_BYTES_MAX) return false;
                bodyLength = (int) value;
            } else if (isHeader(at, "transfer-encoding:")) chunked = true;
            else if (isHeader(at, "x-mock-fault:"))
                faultHeader = text(at + 13, end).trim();
            at = end + 1;
        }
        return true;
    }

    private State readChunks() {
        Bytes decoded = new Bytes();
        int at = headEnd;
        while (true) {
            int line = indexOf((byte) '\n', at);
            if (line < 0) return State.INCOMPLETE;
            int size = 0;
            for (int i = at; i < line; i++) {
                int digit = Character.digit(bytes[i], 16);
                if (digit < 0) break;
                size = size * 16 + digit;
                if (size > BODY_BYTES_MAX || size < 0) return State.BROKEN;
            }
            at = line + 1;
            if (at + size + 2 > length) return State.INCOMPLETE;
            if (size == 0) {
                body = decoded.copy();
                bodyFrom = 0;
                bodyTo = decoded.length;
                frameEnd = at + 2;
                return State.WHOLE;
            }
            decoded.put(bytes, at, size);
            if (decoded.length > BODY_BYTES_MAX) return State.BROKEN;
            at += size + 2;
        }
    }

    private boolean isHeader(int at, String name) {
        if (at + name.length() > headEnd) return false;
        for (int i = 0; i < name.length(); i++) if ((bytes[at + i] | 0x20) != (name.charAt(i) | 0x20)) return false;
        return true;
    }

    private int indexOf(byte wanted, int from) {
        for (int i = from; i < length; i++) if (bytes[i] == wanted) return i;
        return -1;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}

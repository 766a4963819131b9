package io.tollbook.relay.metering;

import io.tollbook.relay.dialect.UpstreamErrors;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cuts an event stream into what may go to the client now and what must wait until the call is paid: the usage chunk and
 * {@code [DONE]}. Bytes are passed as they came. Memory is bounded: an event longer than {@link #EVENT_BYTES_MAX} is passed
 * through unread.
 */
public final class StreamReader {
    /** A usual event has 300 bytes. 500 streams that all send such a giant at once take 500 × 256 KiB = 125 MiB. */
    public static final int EVENT_BYTES_MAX = 256 * 1024;

    private static final int READ_BYTES = 8 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final byte[] USAGE = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.US_ASCII);

    private final boolean clientWantsUsage;
    private final OpenAiUsage usage = new OpenAiUsage();
    private final AnswerText answer = new AnswerText();
    /** What came and is no whole event yet. */
    private byte[] in = new byte[READ_BYTES];

    private int inLength;
    private int searched;
    /** What may go to the client. */
    private byte[] out = new byte[READ_BYTES];

    private int outLength;
    /** What waits for the settlement. */
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(64);

    private boolean unread;
    private boolean done;
    private int events;
    private @Nullable JsonNode error;

    public StreamReader(boolean clientWantsUsage) {
        this.clientWantsUsage = clientWantsUsage;
    }

    /** The buffer to read the provider's next bytes into, from {@link #offset()} on. */
    public byte[] buffer() {
        if (in.length - inLength < READ_BYTES / 2) in = Arrays.copyOf(in, in.length * 2);
        return in;
    }

    public int offset() {
        return inLength;
    }

    /** Takes note of bytes that were read into {@link #buffer()}. */
    public void read(int bytes) {
        if (isOver()) return;
        inLength += bytes;
        int start = 0;
        for (int end = eventEnd(); end >= 0; end = eventEnd()) {
            if (unread) pass(start, end);
            else event(start, end);
            unread = false;
            start = end;
            searched = end;
        }
        if (!isOver() && (unread || inLength - start > EVENT_BYTES_MAX)) {
            unread = true;
            // The last two bytes may be the beginning of the blank line that ends it.
            int until = Math.max(start, inLength - 2);
            pass(start, until);
            start = until;
        }
        System.arraycopy(in, start, in, 0, inLength - start);
        inLength -= start;
        searched = Math.max(0, inLength - 2);
        if (in.length > EVENT_BYTES_MAX && inLength < READ_BYTES / 2) in = Arrays.copyOf(in, READ_BYTES);
    }

    /** The position behind the next blank line, -1 if none has come. */
    private int eventEnd() {
        for (int i = Math.max(1, searched); i < inLength; i++) {
            if (in[i] != '\n') continue;
            if (in[i - 1] == '\n' || in[i - 1] == '\r' && i >= 2 && in[i - 2] == '\n') return i + 1;
        }
        return -1;
    }

    private void event(int from, int to) {
        if (isOver()) return;
        int data = dataStart(from, to);
        if (data < 0) {
            pass(from, to);
            return;
        }
        if (startsWith(data, to, "[DONE]")) {
            done = true;
            kept.write(in, from, to - from);
            return;
        }
        events++;
        if (contains(USAGE, data, to) || contains(ERROR, data, to)) {
            JsonNode root = parse(data, to);
            if (root != null) {
                usage.read(root);
                if (UpstreamErrors.isError(root)) {
                    error = root;
                    return;
                }
                if (isUsageChunk(root)) {
                    if (clientWantsUsage) keepLast(from, to);
                    return;
                }
            }
        }
        answer.read(in, data, to);
        pass(from, to);
    }

    /** Some providers send one after every piece of the answer; only the last one is the end. */
    private void keepLast(int from, int to) {
        pass(from, from);
        kept.write(in, from, to - from);
    }

    private static boolean isUsageChunk(JsonNode root) {
        return root.path("usage").isObject()
                && root.path("choices").isArray()
                && root.path("choices").isEmpty();
    }

    private void pass(int from, int to) {
        // A kept usage chunk was not the end after all: without this, all that comes behind it would wait, and be kept.
        if (kept.size() > 0) {
            byte[] early = kept.toByteArray();
            kept.reset();
            append(early, 0, early.length);
        }
        append(in, from, to - from);
    }

    private void append(byte[] bytes, int from, int size) {
        if (out.length - outLength < size) out = Arrays.copyOf(out, Math.max(out.length * 2, outLength + size));
        System.arraycopy(bytes, from, out, outLength, size);
        outLength += size;
    }

    private int dataStart(int from, int to) {
        int line = from;
        while (line < to) {
            if (startsWith(line, to, "data:")) {
                int at = line + 5;
                while (at < to && in[at] == ' ') at++;
                return at;
            }
            while (line < to && in[line] != '\n') line++;
            line++;
        }
        return -1;
    }

    private boolean startsWith(int from, int to, String text) {
        if (from + text.length() > to) return false;
        for (int i = 0; i < text.length(); i++) if (in[from + i] != text.charAt(i)) return false;
        return true;
    }

    private boolean contains(byte[] wanted, int from, int to) {
        for (int i = from; i + wanted.length <= to; i++)
            if (in[i] == '"' && Arrays.equals(in, i, i + wanted.length, wanted, 0, wanted.length)) return true;
        return false;
    }

    private @Nullable JsonNode parse(int data, int to) {
        try {
            String text = new String(in, data, to - data, StandardCharsets.UTF_8);
            return JSON.readTree(text.contains("\ndata:") ? text.replaceAll("\\r?\\ndata: ?", "\n") : text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Bytes that may go to the client now: the first {@link #passableLength()} of this array. */
    public byte[] passable() {
        return out;
    }

    public int passableLength() {
        return outLength;
    }

    /** Call when the passable bytes were written, or could not be. */
    public void passed() {
        outLength = 0;
        if (out.length > EVENT_BYTES_MAX) out = new byte[READ_BYTES];
    }

    /** Ends the reading: what waits for the settlement, kept events first, then an unfinished one. */
    public byte[] remaining() {
        if (inLength > 0) {
            event(0, inLength);
            if (outLength > 0) {
                kept.write(out, 0, outLength);
                outLength = 0;
            }
            inLength = 0;
        }
        return kept.toByteArray();
    }

    public OpenAiUsage usage() {
        return usage;
    }

    public AnswerText answer() {
        return answer;
    }

    /** Whether part of an event has been passed whose end has not come. */
    public boolean isTorn() {
        return unread;
    }

    /** Whether {@code [DONE]} has come. */
    public boolean isDone() {
        return done;
    }

    /** Whether nothing counts that is still to come: {@code [DONE]} ends a stream, and so does an error. */
    public boolean isOver() {
        return done || error != null;
    }

    /** Whether any event with data has come, {@code [DONE]} aside. */
    public boolean hasEvents() {
        return events > 0;
    }

    /** The object with the error that the provider sent inside the stream; neither it nor anything behind it passes. */
    public Optional<JsonNode> error() {
        return Optional.ofNullable(error);
    }
}

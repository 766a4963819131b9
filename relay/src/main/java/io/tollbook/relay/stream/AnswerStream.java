package io.tollbook.relay.stream;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.EventBytes;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.UsageReader;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a provider's event stream into its events and makes of them what may go to the client now and what must wait until the
 * call is paid. Reads usage and counts text on the way.
 *
 * <p>Bytes are read straight into {@link #buffer()} and {@link #read} takes note of them. What may go to the client are the
 * first {@link #passableLength()} bytes of {@link #passable()}.
 */
public abstract sealed class AnswerStream implements AutoCloseable permits PassingStream, TranslatedStream {
    protected static final int READ_BYTES = 8 * 1024;
    /** What a stream may keep of its answer beside the long events: 640 open ones × 64 KiB = 40 MiB. */
    private static final int KEPT_BYTES_FREE = 64 * 1024;

    private final int eventBytesMax;
    /** What came and is no whole event yet. */
    protected byte[] in = new byte[READ_BYTES];

    private int inLength;
    private int searched;
    /** What may go to the client. */
    private byte[] out = new byte[READ_BYTES];

    private int outLength;
    private boolean unread;
    private int events;
    private final LongEvents longEvents;
    private int taken;
    /** Of what is taken that for the answer so far. */
    private long kept;

    protected AnswerStream(int eventBytesMax, LongEvents longEvents) {
        this.eventBytesMax = eventBytesMax;
        this.longEvents = longEvents;
    }

    /** The buffer to read the provider's next bytes into, from {@link #offset()} on. */
    public final byte[] buffer() {
        if (in.length - inLength < READ_BYTES / 2) grow();
        return in;
    }

    /** Where there is no room for so long an event, it is too long from here on. */
    private void grow() {
        boolean usual = in.length < PassRules.EVENT_BYTES_MAX;
        if (!usual && !longEvents.take(in.length)) {
            keepFrom(skip(0));
            return;
        }
        if (!usual) taken += in.length;
        in = Arrays.copyOf(in, in.length * 2);
    }

    private void shrink() {
        in = Arrays.copyOf(in, READ_BYTES);
        longEvents.giveBack(taken);
        taken = 0;
    }

    /**
     * Makes room for what must be kept of an answer until its end.
     *
     * @return whether there is any
     */
    protected final boolean keep(long bytes) {
        while (bytes - KEPT_BYTES_FREE > kept) {
            if (!longEvents.take(KEPT_BYTES_FREE)) return false;
            kept += KEPT_BYTES_FREE;
        }
        return true;
    }

    /** Gives back what was taken for long events and long answers. */
    @Override
    public final void close() {
        longEvents.giveBack(taken + kept);
        taken = 0;
        kept = 0;
    }

    public final int offset() {
        return inLength;
    }

    /** Takes note of bytes that were read into {@link #buffer()}. */
    public final void read(int bytes) {
        if (isOver()) return;
        inLength += bytes;
        int start = 0;
        for (int end = eventEnd(); end >= 0; end = eventEnd()) {
            if (unread) tooLong(start, end);
            else whole(start, end);
            unread = false;
            start = end;
            searched = end;
        }
        if (!isOver() && (unread || inLength - start > eventBytesMax)) start = skip(start);
        keepFrom(start);
        if (in.length > PassRules.EVENT_BYTES_MAX && inLength < READ_BYTES / 2) shrink();
    }

    /** Lets go of an event that is too long; what is left of it begins at the position returned. */
    private int skip(int start) {
        unread = true;
        // The last two bytes may be the beginning of the blank line that ends it.
        int until = Math.max(start, inLength - 2);
        tooLong(start, until);
        return until;
    }

    private void keepFrom(int start) {
        System.arraycopy(in, start, in, 0, inLength - start);
        inLength -= start;
        searched = Math.max(0, inLength - 2);
    }

    /** The position behind the next blank line, -1 if none has come. */
    private int eventEnd() {
        for (int i = Math.max(1, searched); i < inLength; i++) {
            if (in[i] != '\n') continue;
            if (in[i - 1] == '\n' || in[i - 1] == '\r' && i >= 2 && in[i - 2] == '\n') return i + 1;
        }
        return -1;
    }

    private void whole(int from, int to) {
        if (isOver()) return;
        EventBytes event = EventBytes.of(in, from, to);
        if (event.hasData() && !event.dataStartsWith("[DONE]")) events++;
        event(event);
    }

    /** Takes in an event. */
    protected abstract void event(EventBytes event);

    /** Takes in a piece of an event that is longer than it may be, as it comes. */
    protected abstract void tooLong(int from, int to);

    /** Lets bytes go to the client. */
    protected final void append(byte[] bytes, int from, int size) {
        if (out.length - outLength < size) out = Arrays.copyOf(out, Math.max(out.length * 2, outLength + size));
        System.arraycopy(bytes, from, out, outLength, size);
        outLength += size;
    }

    public final byte[] passable() {
        return out;
    }

    public final int passableLength() {
        return outLength;
    }

    /** Call when the passable bytes were written, or could not be. */
    public final void passed() {
        outLength = 0;
        if (out.length > PassRules.EVENT_BYTES_MAX) out = new byte[READ_BYTES];
    }

    /** The provider's stream has ended: takes in what it left unfinished. */
    public final void finish() {
        if (inLength > 0) {
            whole(0, inLength);
            inLength = 0;
        }
        finished();
    }

    protected void finished() {}

    /** What the client gets after the call is paid. @param charged what it was charged for */
    public abstract byte[] ending(Meters charged);

    /** The same in place of {@link #ending} where the answer broke off; null for the dialect's usual end. */
    public abstract byte @Nullable [] errorEvent(Failure why, String request);

    /** What may have passed since the last look and belongs before {@link #ending}. */
    protected final byte[] takePassable() {
        byte[] rest = Arrays.copyOf(out, outLength);
        outLength = 0;
        return rest;
    }

    public abstract UsageReader usage();

    public abstract AnswerText answer();

    /** Whether nothing counts that is still to come. */
    public abstract boolean isOver();

    /** The error that the provider sent inside the stream; neither it nor anything behind it passes. */
    public abstract Optional<Failure> failure();

    /** The type that its bytes have, where it is not the provider's. */
    public abstract String type();

    /** Whether part of an event has been passed whose end has not come. */
    public final boolean isTorn() {
        return unread;
    }

    /** Whether any event with data has come, {@code [DONE]} aside. */
    public final boolean hasEvents() {
        return events > 0;
    }
}

package io.tollbook.relay.stream;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.EventBytes;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.UsageReader;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A stream that the client reads in another dialect than its provider speaks. */
public final class TranslatedStream extends AnswerStream {
    /** Wide enough for a picture in one event. */
    public static final int EVENT_BYTES_MAX = 16 * 1024 * 1024;

    private final AnswerReader reader;
    private final AnswerWriter writer;
    private final UsageReader usage;
    private final AnswerText answer;
    private final Pieces pieces = new Pieces();
    private boolean done;
    private @Nullable Failure failure;

    /** The bytes of one event's translation, which go on without a copy. */
    private static final class Pieces extends ByteArrayOutputStream {
        void appendTo(TranslatedStream stream) {
            stream.append(buf, 0, count);
            reset();
        }
    }

    public TranslatedStream(Dialect provider, AnswerWriter writer, LongEvents longEvents) {
        super(EVENT_BYTES_MAX, longEvents);
        this.reader = provider.reader();
        this.usage = provider.usage();
        this.answer = provider.text();
        this.writer = writer;
    }

    @Override
    protected void event(EventBytes event) {
        if (!event.hasData()) return;
        if (event.dataStartsWith("[DONE]")) {
            done = true;
            reader.done();
            return;
        }
        JsonNode root = event.json();
        if (root == null) return;
        usage.read(root);
        if (UpstreamErrors.isError(root)) {
            Failure told = reader.failure(root);
            failure = told == null ? UpstreamErrors.inside(root) : told;
            return;
        }
        reader.event(root, this::accept);
        pieces.appendTo(this);
        if (failure == null && !keep(writer.keptBytes()))
            failure = Failure.own(
                    503, "system_memory_overloaded", "There is no room for so long an answer at the moment.");
    }

    private void accept(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Failed failed -> failure = failed.failure();
            case AnswerEvent.TextMore more -> count(more, more.text());
            case AnswerEvent.ThinkingMore more -> count(more, more.text());
            case AnswerEvent.ToolArgumentsMore more -> count(more, more.fragment());
            case AnswerEvent.RefusalMore more -> count(more, more.text());
            default -> writer.event(event, pieces);
        }
    }

    private void count(AnswerEvent event, String text) {
        answer.add(text);
        writer.event(event, pieces);
    }

    /** It cannot be understood in pieces, and not be left out in silence. */
    @Override
    protected void tooLong(int from, int to) {
        failure = Failure.own(502, "bad_response_body", "The provider sent an event that is too large to translate.");
    }

    @Override
    protected void finished() {
        if (failure != null) return;
        reader.end(this::accept);
        pieces.appendTo(this);
    }

    @Override
    public byte[] ending(Meters charged) {
        byte[] last = takePassable();
        byte[] end = writer.end(charged);
        ByteArrayOutputStream all = new ByteArrayOutputStream(last.length + end.length);
        all.writeBytes(last);
        all.writeBytes(end);
        return all.toByteArray();
    }

    @Override
    public byte @Nullable [] errorEvent(Failure why, String request) {
        return writer.errorEvent(why, request);
    }

    @Override
    public UsageReader usage() {
        return usage;
    }

    @Override
    public AnswerText answer() {
        return answer;
    }

    @Override
    public boolean isOver() {
        return done || failure != null || reader.isOver();
    }

    @Override
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public String type() {
        return writer.streamType();
    }
}

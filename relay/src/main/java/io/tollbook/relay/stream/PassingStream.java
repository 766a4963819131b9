package io.tollbook.relay.stream;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.EventBytes;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.metering.AnswerText;
import io.tollbook.relay.metering.UsageReader;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream that goes to the client byte for byte. Not one byte is changed or reordered; what the dialect's rules hold back
 * waits. An event longer than the rules want to read is passed through unread.
 */
public final class PassingStream extends AnswerStream {
    private final PassRules rules;
    private final AnswerText answer;
    /** What waits for the settlement. */
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(64);

    private boolean done;

    public PassingStream(PassRules rules, AnswerText answer, LongEvents longEvents) {
        super(rules.eventBytesMax(), longEvents);
        this.rules = rules;
        this.answer = answer;
    }

    @Override
    protected void event(EventBytes event) {
        if (!event.hasData()) {
            pass(event.from(), event.to());
            return;
        }
        switch (rules.look(event)) {
            case PASS -> {
                answer.read(in, event.data(), event.to());
                pass(event.from(), event.to());
            }
            case KEEP -> {
                // Some providers send one after every piece of the answer; only the last one is the end.
                pass(event.from(), event.from());
                answer.read(in, event.data(), event.to());
                kept.write(in, event.from(), event.to() - event.from());
            }
            case BEGIN -> kept.write(in, event.from(), event.to() - event.from());
            case END -> {
                done = true;
                kept.write(in, event.from(), event.to() - event.from());
            }
            case DROP, FAIL -> {}
        }
    }

    @Override
    protected void tooLong(int from, int to) {
        rules.unread(in, from, to);
        pass(from, to);
    }

    @Override
    protected void finished() {
        if (!isOver() && hasEvents()) rules.ended();
    }

    private void pass(int from, int to) {
        // What was kept was not the end after all: without this, all that comes behind it would wait, and be kept.
        if (kept.size() > 0) {
            byte[] early = kept.toByteArray();
            kept.reset();
            append(early, 0, early.length);
        }
        append(in, from, to - from);
    }

    @Override
    public byte[] ending(Meters charged) {
        byte[] last = takePassable();
        ByteArrayOutputStream all = new ByteArrayOutputStream(last.length + kept.size());
        // What is kept came before what finish() let pass, which would have taken it along otherwise.
        all.writeBytes(last);
        all.writeBytes(kept.toByteArray());
        return all.toByteArray();
    }

    @Override
    public UsageReader usage() {
        return rules.usage();
    }

    @Override
    public AnswerText answer() {
        return answer;
    }

    @Override
    public boolean isOver() {
        return done || rules.failure().isPresent();
    }

    @Override
    public Optional<Failure> failure() {
        return rules.failure();
    }

    @Override
    public byte @Nullable [] errorEvent(Failure why, String request) {
        return rules.errorEvent(why, request);
    }

    @Override
    public String type() {
        return "";
    }
}

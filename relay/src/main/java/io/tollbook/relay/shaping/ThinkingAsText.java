package io.tollbook.relay.shaping;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.dialect.AnswerWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows thinking as text between marks, for clients that know no other way. */
public final class ThinkingAsText implements AnswerWriter {
    private static final String BEGIN = "<think>\n";
    private static final String END = "\n</think>\n";

    private final AnswerWriter writer;
    private final Set<Integer> thinking = new HashSet<>();

    public ThinkingAsText(AnswerWriter writer) {
        this.writer = writer;
    }

    @Override
    public byte[] whole(Answer answer, Meters charged) {
        List<Answer.Candidate> candidates = new ArrayList<>();
        for (Answer.Candidate candidate : answer.candidates()) {
            List<Part> parts = new ArrayList<>();
            for (Part part : candidate.parts())
                switch (part) {
                    case Part.Thinking thought -> parts.add(new Part.Text(BEGIN + thought.text() + END));
                    case Part.HiddenThinking hidden -> {}
                    default -> parts.add(part);
                }
            candidates.add(new Answer.Candidate(
                    candidate.index(), parts, candidate.stop(), candidate.stopSequence(), candidate.logprobs()));
        }
        return writer.whole(new Answer(answer.id(), candidates), charged);
    }

    @Override
    public void event(AnswerEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case AnswerEvent.ThinkingMore more -> {
                String mark = thinking.add(more.candidate()) ? BEGIN : "";
                writer.event(new AnswerEvent.TextMore(more.candidate(), mark + more.text()), out);
            }
            case AnswerEvent.Sealed seal -> {}
            case AnswerEvent.HiddenThinking hidden -> {}
            case AnswerEvent.TextMore more -> {
                close(more.candidate(), out);
                writer.event(more, out);
            }
            case AnswerEvent.ToolCallBegun call -> {
                close(call.candidate(), out);
                writer.event(call, out);
            }
            case AnswerEvent.RefusalMore more -> {
                close(more.candidate(), out);
                writer.event(more, out);
            }
            case AnswerEvent.Stopped stopped -> {
                close(stopped.candidate(), out);
                writer.event(stopped, out);
            }
            default -> writer.event(event, out);
        }
    }

    private void close(int candidate, ByteArrayOutputStream out) {
        if (thinking.remove(candidate)) writer.event(new AnswerEvent.TextMore(candidate, END), out);
    }

    @Override
    public byte @Nullable [] errorEvent(Failure why, String request) {
        return writer.errorEvent(why, request);
    }

    @Override
    public byte[] end(Meters charged) {
        return writer.end(charged);
    }

    @Override
    public long keptBytes() {
        return writer.keptBytes();
    }

    @Override
    public String streamType() {
        return writer.streamType();
    }
}

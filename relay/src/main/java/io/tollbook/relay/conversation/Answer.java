package io.tollbook.relay.conversation;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A whole answer, without its usage: that is read once, by metering, and written from what was charged.
 *
 * @param id the provider's
 */
public record Answer(String id, List<Candidate> candidates) {
    public Answer {
        candidates = List.copyOf(candidates);
    }

    /** The same as a stream says it. */
    public void asEvents(Consumer<AnswerEvent> sink) {
        sink.accept(new AnswerEvent.Begun(id));
        for (Candidate candidate : candidates) {
            int calls = 0;
            for (Part part : candidate.parts) {
                if (part instanceof Part.ToolCall call) say(candidate.index, calls++, call, sink);
                else say(candidate.index, part, sink);
                sink.accept(new AnswerEvent.PartEnded(candidate.index));
            }
            if (candidate.logprobs != null) sink.accept(new AnswerEvent.Logprobs(candidate.index, candidate.logprobs));
            sink.accept(new AnswerEvent.Stopped(candidate.index, candidate.stop, candidate.stopSequence));
        }
    }

    private static void say(int index, int number, Part.ToolCall call, Consumer<AnswerEvent> sink) {
        sink.accept(new AnswerEvent.ToolCallBegun(index, number, call.id(), call.name(), call.signature()));
        sink.accept(new AnswerEvent.ToolArgumentsMore(index, number, call.arguments()));
    }

    private static void say(int index, Part part, Consumer<AnswerEvent> sink) {
        switch (part) {
            case Part.Text text -> {
                sink.accept(new AnswerEvent.TextMore(index, text.text()));
                for (Citation citation : text.citations()) sink.accept(new AnswerEvent.Cited(index, citation));
                if (text.signature() != null) sink.accept(new AnswerEvent.Sealed(index, null, text.signature()));
            }
            case Part.Thinking thinking -> {
                sink.accept(new AnswerEvent.ThinkingMore(index, thinking.text()));
                if (thinking.signature() != null)
                    sink.accept(new AnswerEvent.Sealed(index, thinking.id(), thinking.signature()));
            }
            case Part.HiddenThinking hidden ->
                sink.accept(new AnswerEvent.HiddenThinking(index, hidden.id(), hidden.content()));
            case Part.Media media -> sink.accept(new AnswerEvent.Shown(index, media));
            case Part.Refusal refusal -> sink.accept(new AnswerEvent.RefusalMore(index, refusal.text()));
            case Part.Foreign foreign -> sink.accept(new AnswerEvent.Foreign(index, foreign));
            case Part.ToolCall call -> say(index, 0, call, sink);
            case Part.ToolResult result -> throw new IllegalArgumentException("a model answers with no tool's result");
        }
    }

    /**
     * One of the answers asked for.
     *
     * @param stopSequence the one that ended it; null for none
     * @param logprobs as OpenAI writes them, {@code {content: […]}}; null for none
     */
    public record Candidate(
            int index,
            List<Part> parts,
            StopReason stop,
            @Nullable String stopSequence,
            @Nullable JsonNode logprobs) {
        public Candidate {
            parts = List.copyOf(parts);
        }
    }
}

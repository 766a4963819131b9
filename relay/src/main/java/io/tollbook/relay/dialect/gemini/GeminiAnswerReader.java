package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.UpstreamErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Understands Gemini's answers. Each event of a stream is an answer of its own with a piece of each candidate. Why a candidate
 * stopped, and what it cites, is told at the end, as more may follow what looks like it.
 */
final class GeminiAnswerReader implements AnswerReader {
    /** So many answers no model gives; a wild provider cannot fill the memory. */
    private static final int CANDIDATES_MAX = 64;

    private boolean hasBegun;
    private boolean hasFailed;
    private final Map<Integer, State> states = new TreeMap<>();

    private static final class State {
        private int calls;
        private @Nullable String finish;
        private final GroundedText grounded = new GroundedText();
        private final List<JsonNode> grounding = new ArrayList<>();
    }

    @Override
    public boolean isAnswer(JsonNode root) {
        // Without events a stream is one list of answers.
        if (root.isArray()) return isAnswer(root.path(0));
        return root.path("candidates").isArray()
                || root.path("promptFeedback").isObject()
                || root.path("usageMetadata").isObject();
    }

    @Override
    public @Nullable Failure failure(JsonNode root) {
        if (UpstreamErrors.isError(root.isArray() ? root.path(0) : root))
            return UpstreamErrors.inside(root.isArray() ? root.path(0) : root);
        return null;
    }

    @Override
    public @Nullable Failure unanswered(JsonNode root) {
        if (!root.path("candidates").isEmpty()) return null;
        String reason = root.path("promptFeedback").path("blockReason").stringValue("");
        return reason.isEmpty() ? empty() : blocked(reason);
    }

    private static Failure blocked(String reason) {
        return new Failure(
                400,
                "invalid_request_error",
                "prompt_blocked",
                null,
                "The provider does not answer this prompt: " + reason + ".",
                0);
    }

    private static Failure empty() {
        return Failure.own(500, "empty_response", "The provider answered with nothing.");
    }

    @Override
    public Answer whole(JsonNode root) {
        List<Answer.Candidate> candidates = new ArrayList<>();
        for (JsonNode candidate : root.path("candidates")) candidates.add(candidate(candidate, candidates.size()));
        return new Answer(root.path("responseId").stringValue(""), candidates);
    }

    private static Answer.Candidate candidate(JsonNode candidate, int position) {
        List<Part> parts = new ArrayList<>();
        GroundedText grounded = new GroundedText();
        int calls = 0;
        for (JsonNode part : candidate.path("content").path("parts")) {
            Part read = part(part);
            if (read == null) continue;
            if (read instanceof Part.ToolCall) calls++;
            if (read instanceof Part.Text text) grounded.add(text.text());
            parts.add(read);
        }
        cite(parts, grounded.citations(List.of(candidate)));
        JsonNode logprobs = candidate.path("logprobsResult");
        return new Answer.Candidate(
                candidate.path("index").intValue(position),
                parts,
                stop(candidate.path("finishReason").stringValue(""), calls),
                null,
                logprobs.isObject() ? GeminiLogprobs.toOpenAi(logprobs) : null);
    }

    /** Each goes to the text it stands behind, and counts from that text's beginning; those without a place to the last. */
    private static void cite(List<Part> parts, List<Citation> citations) {
        if (citations.isEmpty()) return;
        int begin = 0;
        int last = -1;
        for (int i = 0; i < parts.size(); i++) if (parts.get(i) instanceof Part.Text) last = i;
        for (int i = 0; i <= last; i++) {
            if (!(parts.get(i) instanceof Part.Text text)) continue;
            int end = begin + text.text().codePointCount(0, text.text().length());
            List<Citation> own = new ArrayList<>();
            for (Citation citation : citations) {
                boolean placed = citation.to() >= 0;
                if (placed ? citation.from() >= begin && citation.from() < end : i == last)
                    own.add(placed ? moved(citation, begin, end) : citation);
            }
            parts.set(i, new Part.Text(text.text(), own, text.signature(), null));
            begin = end;
        }
    }

    private static Citation moved(Citation citation, int begin, int end) {
        return new Citation(
                citation.url(),
                citation.title(),
                citation.quote(),
                citation.from() - begin,
                Math.min(citation.to(), end) - begin,
                citation.vendor(),
                citation.original());
    }

    private static @Nullable Part part(JsonNode part) {
        String sealed = part.path("thoughtSignature").stringValue("");
        Signature signature = sealed.isEmpty() ? null : new Signature(Vendor.GEMINI, sealed);
        JsonNode call = part.path("functionCall");
        if (call.isObject())
            return new Part.ToolCall(id(call), call.path("name").stringValue(""), arguments(call), signature, null);
        JsonNode blob = part.path("inlineData");
        if (blob.isObject())
            return GeminiMedia.inline(
                    blob.path("mimeType").stringValue(""), blob.path("data").stringValue(""), null, null);
        String text = words(part);
        if (text.isEmpty() && signature == null) return null;
        return part.path("thought").booleanValue(false)
                ? new Part.Thinking(text, null, signature)
                : new Part.Text(text, List.of(), signature, null);
    }

    /** Code that ran at Google is shown as code, and what came of it too. */
    private static String words(JsonNode part) {
        JsonNode code = part.path("executableCode");
        if (code.isObject())
            return "\n```" + code.path("language").stringValue("").toLowerCase(java.util.Locale.ROOT) + "\n"
                    + code.path("code").stringValue("").stripTrailing() + "\n```\n";
        JsonNode result = part.path("codeExecutionResult");
        if (result.isObject())
            return "\n```\n" + result.path("output").stringValue("").stripTrailing() + "\n```\n";
        return part.path("text").stringValue("");
    }

    private static String id(JsonNode call) {
        String id = call.path("id").stringValue("");
        return id.isEmpty()
                ? "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24)
                : id;
    }

    private static String arguments(JsonNode call) {
        return call.path("args").isObject() ? call.path("args").toString() : "{}";
    }

    private static StopReason stop(@Nullable String finish, int calls) {
        return switch (finish == null ? "" : finish) {
            case "", "STOP", "FINISH_REASON_UNSPECIFIED" -> calls > 0 ? StopReason.TOOL_CALLS : StopReason.FINISHED;
            case "MAX_TOKENS" -> StopReason.LENGTH;
            default -> StopReason.REFUSED;
        };
    }

    @Override
    public void event(JsonNode data, Consumer<AnswerEvent> sink) {
        if (hasFailed) return;
        if (UpstreamErrors.isError(data)) {
            fail(UpstreamErrors.inside(data), sink);
            return;
        }
        String blocked = data.path("promptFeedback").path("blockReason").stringValue("");
        if (!blocked.isEmpty() && data.path("candidates").isEmpty()) {
            fail(blocked(blocked), sink);
            return;
        }
        if (data.path("candidates").isEmpty()) return;
        if (!hasBegun) {
            hasBegun = true;
            sink.accept(new AnswerEvent.Begun(data.path("responseId").stringValue("")));
        }
        for (JsonNode candidate : data.path("candidates")) {
            int index = Math.clamp(candidate.path("index").intValue(0), 0, CANDIDATES_MAX);
            piece(index, candidate, states.computeIfAbsent(index, _ -> new State()), sink);
        }
    }

    private void fail(Failure failure, Consumer<AnswerEvent> sink) {
        hasFailed = true;
        sink.accept(new AnswerEvent.Failed(failure));
    }

    private static void piece(int index, JsonNode candidate, State state, Consumer<AnswerEvent> sink) {
        for (JsonNode part : candidate.path("content").path("parts")) {
            Part read = part(part);
            if (read != null) part(index, read, state, sink);
        }
        if (candidate.path("logprobsResult").isObject())
            sink.accept(new AnswerEvent.Logprobs(index, GeminiLogprobs.toOpenAi(candidate.path("logprobsResult"))));
        if (GroundedText.hasSources(candidate)) state.grounding.add(candidate);
        String finish = candidate.path("finishReason").stringValue("");
        if (!finish.isEmpty()) state.finish = finish;
    }

    private static void part(int index, Part part, State state, Consumer<AnswerEvent> sink) {
        switch (part) {
            case Part.Text text -> {
                state.grounded.add(text.text());
                if (!text.text().isEmpty()) sink.accept(new AnswerEvent.TextMore(index, text.text()));
                seal(index, text.signature(), sink);
            }
            case Part.Thinking thinking -> {
                if (!thinking.text().isEmpty()) sink.accept(new AnswerEvent.ThinkingMore(index, thinking.text()));
                seal(index, thinking.signature(), sink);
            }
            case Part.ToolCall call -> {
                int number = state.calls++;
                sink.accept(new AnswerEvent.ToolCallBegun(index, number, call.id(), call.name(), call.signature()));
                sink.accept(new AnswerEvent.ToolArgumentsMore(index, number, call.arguments()));
            }
            case Part.Media media -> sink.accept(new AnswerEvent.Shown(index, media));
            default -> throw new IllegalStateException("not read: " + part);
        }
    }

    private static void seal(int index, @Nullable Signature signature, Consumer<AnswerEvent> sink) {
        if (signature != null) sink.accept(new AnswerEvent.Sealed(index, null, signature));
    }

    @Override
    public void end(Consumer<AnswerEvent> sink) {
        if (hasFailed) return;
        if (!hasBegun) {
            fail(empty(), sink);
            return;
        }
        if (states.values().stream().allMatch(state -> state.finish == null)) {
            fail(UpstreamErrors.CUT, sink);
            return;
        }
        states.forEach((index, state) -> {
            for (Citation citation : state.grounded.citations(state.grounding))
                sink.accept(new AnswerEvent.Cited(index, citation));
            sink.accept(new AnswerEvent.Stopped(index, stop(state.finish, state.calls), null));
        });
    }

    /** Only its end ends a stream of Google's: usage may come behind the last word. */
    @Override
    public boolean isOver() {
        return hasFailed;
    }
}

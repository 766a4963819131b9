package io.tollbook.relay.dialect.openai;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.DataUrl;
import io.tollbook.relay.dialect.UpstreamErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands chat completions, and what OpenAI's look-alikes add to them. */
final class OpenAiAnswerReader implements AnswerReader {
    private final Map<Integer, Calls> calls = new HashMap<>();
    private boolean begun;
    private boolean ended;

    /** The calls of one candidate as they grow: a provider's own numbers, of whatever kind, become 0, 1, 2. */
    private static final class Calls {
        private final Map<Integer, Integer> numbers = new HashMap<>();
        private int last = -1;
        private int count;
        private boolean stopped;

        int begin(@Nullable Integer theirs) {
            last = count++;
            if (theirs != null) numbers.put(theirs, last);
            return last;
        }

        int of(@Nullable Integer theirs) {
            return theirs == null ? last : numbers.getOrDefault(theirs, -1);
        }
    }

    @Override
    public boolean isAnswer(JsonNode root) {
        return root.path("choices").isArray();
    }

    @Override
    public Answer whole(JsonNode root) {
        List<Answer.Candidate> candidates = new ArrayList<>();
        for (JsonNode choice : root.path("choices")) {
            JsonNode message = choice.path("message");
            List<Part> parts = new ArrayList<>(thinking(message));
            String text = text(message.path("content"));
            if (!text.isEmpty()) parts.add(new Part.Text(text, citations(message.path("annotations")), null, null));
            for (JsonNode picture : message.path("images")) picture(picture, parts::add);
            String refusal = message.path("refusal").stringValue("");
            if (!refusal.isEmpty()) parts.add(new Part.Refusal(refusal));
            int number = 0;
            for (JsonNode call : message.path("tool_calls")) parts.add(call(call, number++));
            JsonNode old = message.path("function_call");
            if (old.isObject())
                parts.add(new Part.ToolCall(
                        "call_0", old.path("name").stringValue(""), arguments(old.path("arguments"))));
            boolean hasCalls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
            JsonNode logprobs = choice.path("logprobs");
            candidates.add(new Answer.Candidate(
                    choice.path("index").intValue(candidates.size()),
                    parts,
                    stop(choice.path("finish_reason").stringValue("stop"), hasCalls, !refusal.isEmpty()),
                    null,
                    logprobs.isObject() ? logprobs : null));
        }
        return new Answer(root.path("id").stringValue(""), candidates);
    }

    private static Part.ToolCall call(JsonNode call, int number) {
        String id = call.path("id").stringValue("");
        return new Part.ToolCall(
                id.isEmpty() ? "call_" + number : id,
                call.path("function").path("name").stringValue(""),
                arguments(call.path("function").path("arguments")),
                googleSignature(call),
                null);
    }

    private static @Nullable Signature googleSignature(JsonNode call) {
        String seal = call.path("extra_content")
                .path("google")
                .path("thought_signature")
                .stringValue("");
        return seal.isEmpty() ? null : new Signature(Vendor.GEMINI, seal);
    }

    /** Some look-alikes give an object where its text belongs. */
    private static String arguments(JsonNode arguments) {
        String text = arguments.isObject() ? arguments.toString() : arguments.stringValue("");
        return text.isBlank() ? "{}" : text;
    }

    private static String text(JsonNode content) {
        if (content.isString()) return content.asString();
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) text.append(part.path("text").stringValue(""));
        return text.toString();
    }

    private static List<Part> thinking(JsonNode message) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode detail : message.path("reasoning_details")) {
            Signature seal =
                    Signature.shownBy(Vendor.OPENAI, detail.path("signature").stringValue(null));
            String id = detail.path("id").stringValue(null);
            String said = detail.path("text").stringValue(detail.path("summary").stringValue(""));
            Signature hidden =
                    Signature.shownBy(Vendor.OPENAI, detail.path("data").stringValue(null));
            if (hidden != null) parts.add(new Part.HiddenThinking(id, hidden));
            else if (!said.isEmpty() || seal != null) parts.add(new Part.Thinking(said, id, seal));
        }
        if (!parts.isEmpty()) return parts;
        String bare = bareThinking(message);
        if (!bare.isEmpty()) parts.add(new Part.Thinking(bare, null, null));
        return parts;
    }

    private static String bareThinking(JsonNode message) {
        String bare = message.path("reasoning_content").stringValue("");
        return bare.isEmpty() ? message.path("reasoning").stringValue("") : bare;
    }

    private static List<Citation> citations(JsonNode annotations) {
        List<Citation> citations = new ArrayList<>();
        for (JsonNode annotation : annotations) {
            JsonNode page = annotation.path("url_citation");
            if (!page.isObject()) continue;
            citations.add(new Citation(
                    page.path("url").stringValue(null),
                    page.path("title").stringValue(null),
                    page.path("content").stringValue(null),
                    page.path("start_index").intValue(-1),
                    page.path("end_index").intValue(-1),
                    Vendor.OPENAI,
                    annotation));
        }
        return citations;
    }

    /** OpenRouter's way to answer with pictures. */
    private static void picture(JsonNode picture, Consumer<Part.Media> sink) {
        String url = picture.path("image_url").path("url").stringValue("");
        try {
            sink.accept(new Part.Media(Part.Media.Kind.PICTURE, DataUrl.source(url, "image_url"), null, null, null));
        } catch (Refused e) {
            // A provider's picture that is none; the text around it still counts.
        }
    }

    private static StopReason stop(String reason, boolean hasCalls, boolean refused) {
        return switch (reason) {
            case "length", "max_tokens", "model_length" -> StopReason.LENGTH;
            case "tool_calls", "function_call" -> StopReason.TOOL_CALLS;
            case "content_filter" -> StopReason.REFUSED;
            // Look-alikes that call tools and say stop would end a client's loop.
            default -> hasCalls ? StopReason.TOOL_CALLS : refused ? StopReason.REFUSED : StopReason.FINISHED;
        };
    }

    @Override
    public void event(JsonNode data, Consumer<AnswerEvent> sink) {
        if (!begun) {
            begun = true;
            sink.accept(new AnswerEvent.Begun(data.path("id").stringValue("")));
        }
        for (JsonNode choice : data.path("choices")) {
            int candidate = choice.path("index").intValue(0);
            JsonNode delta = choice.path("delta");
            think(candidate, delta, sink);
            String text = text(delta.path("content"));
            if (!text.isEmpty()) sink.accept(new AnswerEvent.TextMore(candidate, text));
            for (Citation citation : citations(delta.path("annotations")))
                sink.accept(new AnswerEvent.Cited(candidate, citation));
            for (JsonNode picture : delta.path("images"))
                picture(picture, media -> sink.accept(new AnswerEvent.Shown(candidate, media)));
            String refusal = delta.path("refusal").stringValue("");
            if (!refusal.isEmpty()) sink.accept(new AnswerEvent.RefusalMore(candidate, refusal));
            for (JsonNode call : delta.path("tool_calls")) call(candidate, call, sink);
            if (choice.path("logprobs").isObject())
                sink.accept(new AnswerEvent.Logprobs(candidate, choice.path("logprobs")));
            String reason = choice.path("finish_reason").stringValue("");
            if (!reason.isEmpty()) stop(candidate, reason, sink);
        }
    }

    private static void think(int candidate, JsonNode delta, Consumer<AnswerEvent> sink) {
        boolean detailed = false;
        for (Part part : thinking(delta)) {
            detailed = true;
            switch (part) {
                case Part.Thinking thinking -> {
                    if (!thinking.text().isEmpty())
                        sink.accept(new AnswerEvent.ThinkingMore(candidate, thinking.text()));
                    if (thinking.signature() != null)
                        sink.accept(new AnswerEvent.Sealed(candidate, thinking.id(), thinking.signature()));
                }
                case Part.HiddenThinking hidden ->
                    sink.accept(new AnswerEvent.HiddenThinking(candidate, hidden.id(), hidden.content()));
                default -> throw new IllegalStateException("thinking is " + part);
            }
        }
        if (detailed) return;
        String bare = bareThinking(delta);
        if (!bare.isEmpty()) sink.accept(new AnswerEvent.ThinkingMore(candidate, bare));
    }

    private void call(int candidate, JsonNode call, Consumer<AnswerEvent> sink) {
        Calls known = calls.computeIfAbsent(candidate, index -> new Calls());
        Integer theirs = call.path("index").isInt() ? call.path("index").intValue() : null;
        JsonNode function = call.path("function");
        String name = function.path("name").stringValue("");
        String id = call.path("id").stringValue("");
        int number = known.of(theirs);
        // A call begins with its name; without a number of its own, each name begins another.
        boolean begins = number < 0 || theirs == null && !name.isEmpty();
        if (begins) {
            number = known.begin(theirs);
            sink.accept(new AnswerEvent.ToolCallBegun(
                    candidate, number, id.isEmpty() ? "call_" + number : id, name, googleSignature(call)));
        }
        JsonNode arguments = function.path("arguments");
        String fragment = arguments.isObject() ? arguments.toString() : arguments.stringValue("");
        if (!fragment.isEmpty()) sink.accept(new AnswerEvent.ToolArgumentsMore(candidate, number, fragment));
    }

    private void stop(int candidate, String reason, Consumer<AnswerEvent> sink) {
        Calls known = calls.computeIfAbsent(candidate, index -> new Calls());
        if (known.stopped) return;
        known.stopped = true;
        ended = true;
        sink.accept(new AnswerEvent.Stopped(candidate, stop(reason, known.count > 0, false), null));
    }

    @Override
    public void done() {
        ended = true;
    }

    /** Half a sentence must not be taken for all of it. Where nothing stopped the answer, it has broken off. */
    @Override
    public void end(Consumer<AnswerEvent> sink) {
        if (begun && !ended) sink.accept(new AnswerEvent.Failed(UpstreamErrors.CUT));
    }

    /** Usage may follow what stops the last answer; {@code [DONE]} is the end. */
    @Override
    public boolean isOver() {
        return false;
    }
}

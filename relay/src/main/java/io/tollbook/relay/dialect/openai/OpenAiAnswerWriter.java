package io.tollbook.relay.dialect.openai;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.DataUrl;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.TextEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes chat completions. A text and its thinking are plain fields; thinking that was sealed by its maker goes along in
 * {@code reasoning_details}, as OpenRouter's clients know them, so that the next turn can show it again.
 */
final class OpenAiAnswerWriter implements AnswerWriter {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    private final AnswerFrame frame;
    private final boolean usageWanted;
    /** Candidates that have begun, and how they stopped. */
    private final TreeMap<Integer, State> candidates = new TreeMap<>();
    /** The chunk that is being made. */
    private @Nullable ObjectNode chunk;

    private static final class State {
        private int details;
        private @Nullable TextEvent text;
        private @Nullable TextEvent thinking;
        private @Nullable StopReason stop;
    }

    OpenAiAnswerWriter(AnswerFrame frame, boolean usageWanted) {
        this.frame = frame;
        this.usageWanted = usageWanted;
    }

    private ObjectNode root(String object) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", "chatcmpl-" + frame.id())
                .put("object", object)
                .put("created", frame.createdSeconds())
                .put("model", frame.model());
    }

    @Override
    public byte[] whole(Answer answer, Meters charged) {
        ObjectNode root = root("chat.completion");
        ArrayNode choices = root.putArray("choices");
        for (Answer.Candidate candidate : answer.candidates()) {
            ObjectNode choice = choices.addObject().put("index", candidate.index());
            message(candidate, choice.putObject("message").put("role", "assistant"));
            choice.set("logprobs", candidate.logprobs() == null ? Json.MAPPER.nullNode() : candidate.logprobs());
            choice.put("finish_reason", word(candidate.stop()));
        }
        root.set("usage", usage(charged));
        return Json.MAPPER.writeValueAsBytes(root);
    }

    private static void message(Answer.Candidate candidate, ObjectNode message) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        String refusal = null;
        List<ObjectNode> annotations = new ArrayList<>();
        ArrayNode details = Json.MAPPER.createArrayNode();
        ArrayNode calls = Json.MAPPER.createArrayNode();
        for (Part part : candidate.parts())
            switch (part) {
                case Part.Text said -> {
                    for (Citation citation : said.citations()) annotations.add(annotation(citation, text.length()));
                    text.append(said.text());
                    if (said.signature() != null) details.add(sealed(details.size(), "", null, said.signature()));
                }
                case Part.Thinking thought -> {
                    thinking.append(thought.text());
                    if (thought.signature() != null)
                        details.add(sealed(details.size(), thought.text(), thought.id(), thought.signature()));
                }
                case Part.HiddenThinking hidden ->
                    details.add(encrypted(details.size(), hidden.id(), hidden.content()));
                case Part.ToolCall call -> calls.add(call(call.id(), call.name(), call.arguments(), call.signature()));
                case Part.Media media -> text.append(markdown(media));
                case Part.Refusal no -> refusal = no.text();
                case Part.Foreign foreign -> {}
                case Part.ToolResult result -> {}
            }
        if (text.isEmpty() && (!calls.isEmpty() || refusal != null)) message.putNull("content");
        else message.put("content", text.toString());
        if (!thinking.isEmpty()) message.put("reasoning_content", thinking.toString());
        if (!details.isEmpty()) message.set("reasoning_details", details);
        if (refusal == null) message.putNull("refusal");
        else message.put("refusal", refusal);
        if (!calls.isEmpty()) message.set("tool_calls", calls);
        if (!annotations.isEmpty()) message.putArray("annotations").addAll(annotations);
    }

    private static ObjectNode annotation(Citation citation, int offset) {
        ObjectNode annotation = Json.MAPPER.createObjectNode().put("type", "url_citation");
        ObjectNode page = annotation.putObject("url_citation");
        page.put("url", citation.url() == null ? "" : citation.url());
        page.put("title", citation.title() == null ? "" : citation.title());
        Json.put(page, "content", citation.quote());
        page.put("start_index", offset + Math.max(0, citation.from()));
        page.put("end_index", offset + Math.max(0, citation.to()));
        return annotation;
    }

    private static ObjectNode sealed(int index, String text, @Nullable String id, Signature signature) {
        ObjectNode detail = Json.MAPPER.createObjectNode().put("type", "reasoning.text");
        Json.put(detail, "id", id);
        return detail.put("text", text)
                .put("signature", signature.shownTo(Vendor.OPENAI))
                .put("index", index);
    }

    private static ObjectNode encrypted(int index, @Nullable String id, Signature content) {
        ObjectNode detail = Json.MAPPER.createObjectNode().put("type", "reasoning.encrypted");
        Json.put(detail, "id", id);
        return detail.put("data", content.shownTo(Vendor.OPENAI)).put("index", index);
    }

    private static ObjectNode call(String id, String name, String arguments, @Nullable Signature signature) {
        ObjectNode call = Json.MAPPER.createObjectNode().put("id", id).put("type", "function");
        call.putObject("function").put("name", name).put("arguments", arguments);
        if (signature != null && signature.by() == Vendor.GEMINI)
            call.putObject("extra_content").putObject("google").put("thought_signature", signature.value());
        return call;
    }

    private static String markdown(Part.Media media) {
        String kind = media.kind() == Part.Media.Kind.PICTURE ? "image" : "media";
        return switch (media.source()) {
            case Source.Inline inline -> "![" + kind + "](" + DataUrl.of(inline) + ")";
            case Source.Address address -> "![" + kind + "](" + address.url() + ")";
            default -> "";
        };
    }

    private static String word(@Nullable StopReason stop) {
        return switch (stop) {
            case null -> "stop";
            case FINISHED, STOP_SEQUENCE, PAUSED -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case REFUSED -> "content_filter";
        };
    }

    static ObjectNode usage(Meters charged) {
        ObjectNode usage = Json.MAPPER
                .createObjectNode()
                .put("prompt_tokens", charged.promptTokens())
                .put("completion_tokens", charged.completionTokens())
                .put("total_tokens", charged.promptTokens() + charged.completionTokens());
        usage.putObject("prompt_tokens_details")
                .put("cached_tokens", charged.of(Meter.CACHE_READ))
                .put("audio_tokens", charged.of(Meter.AUDIO_INPUT));
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", charged.of(Meter.REASONING))
                .put("audio_tokens", charged.of(Meter.AUDIO_OUTPUT));
        return usage;
    }

    @Override
    public void event(AnswerEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case AnswerEvent.Begun begun -> {}
            case AnswerEvent.TextMore more -> {
                State state = state(more.candidate(), out);
                if (state.text == null) state.text = event(more.candidate(), "content");
                state.text.write(more.text(), out);
            }
            case AnswerEvent.ThinkingMore more -> {
                State state = state(more.candidate(), out);
                if (state.thinking == null) state.thinking = event(more.candidate(), "reasoning_content");
                state.thinking.write(more.text(), out);
            }
            case AnswerEvent.RefusalMore more -> delta(more.candidate(), out).put("refusal", more.text());
            case AnswerEvent.Shown shown -> delta(shown.candidate(), out).put("content", markdown(shown.media()));
            default -> rare(event, out);
        }
        flush(out);
    }

    private void rare(AnswerEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case AnswerEvent.Sealed seal ->
                details(seal.candidate(), out).add(sealed(next(seal.candidate()), "", seal.id(), seal.signature()));
            case AnswerEvent.HiddenThinking hidden ->
                details(hidden.candidate(), out)
                        .add(encrypted(next(hidden.candidate()), hidden.id(), hidden.content()));
            case AnswerEvent.ToolCallBegun call -> {
                ObjectNode written = call(call.id(), call.name(), "", call.signature());
                delta(call.candidate(), out).putArray("tool_calls").add(numbered(call.call(), written));
            }
            case AnswerEvent.ToolArgumentsMore more -> {
                ObjectNode call = Json.MAPPER.createObjectNode();
                call.putObject("function").put("arguments", more.fragment());
                delta(more.candidate(), out).putArray("tool_calls").add(numbered(more.call(), call));
            }
            case AnswerEvent.Cited cited ->
                delta(cited.candidate(), out).putArray("annotations").add(annotation(cited.citation(), 0));
            case AnswerEvent.Logprobs logprobs -> {
                delta(logprobs.candidate(), out);
                choice().set("logprobs", logprobs.logprobs());
            }
            case AnswerEvent.Stopped stopped -> state(stopped.candidate(), out).stop = stopped.reason();
            default -> {}
        }
    }

    private static ObjectNode numbered(int index, ObjectNode call) {
        ObjectNode numbered = Json.MAPPER.createObjectNode().put("index", index);
        numbered.setAll(call);
        return numbered;
    }

    private ArrayNode details(int candidate, ByteArrayOutputStream out) {
        return delta(candidate, out).putArray("reasoning_details");
    }

    private int next(int candidate) {
        return candidates.get(candidate).details++;
    }

    private ObjectNode choice() {
        return (ObjectNode) Objects.requireNonNull(chunk).path("choices").get(0);
    }

    private State state(int candidate, ByteArrayOutputStream out) {
        State known = candidates.get(candidate);
        if (known != null) return known;
        State state = new State();
        candidates.put(candidate, state);
        begin(candidate).put("role", "assistant").put("content", "");
        flush(out);
        return state;
    }

    private ObjectNode delta(int candidate, ByteArrayOutputStream out) {
        state(candidate, out);
        return begin(candidate);
    }

    private ObjectNode begin(int candidate) {
        chunk = root("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", candidate);
        ObjectNode delta = choice.putObject("delta");
        choice.putNull("logprobs").putNull("finish_reason");
        return delta;
    }

    private TextEvent event(int candidate, String field) {
        begin(candidate).put(field, TextEvent.TEXT);
        TextEvent event = TextEvent.around("data: ", Objects.requireNonNull(chunk), "\n\n");
        chunk = null;
        return event;
    }

    private void flush(ByteArrayOutputStream out) {
        if (chunk == null) return;
        write(chunk, out);
        chunk = null;
    }

    private static void write(ObjectNode chunk, ByteArrayOutputStream out) {
        out.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(Json.MAPPER.writeValueAsBytes(chunk));
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public byte[] end(Meters charged) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        if (candidates.isEmpty()) state(0, out);
        candidates.forEach((candidate, state) -> {
            begin(candidate);
            choice().put("finish_reason", word(state.stop));
            flush(out);
        });
        if (usageWanted) {
            ObjectNode last = root("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(charged));
            write(last, out);
        }
        out.writeBytes(DONE);
        return out.toByteArray();
    }
}

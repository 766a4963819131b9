package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.TextEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes answers for Google's clients. Those know a function's call as a whole only, so its arguments are gathered; a call
 * whose arguments are broken is told as Google tells it, by the reason for stopping.
 */
final class GeminiAnswerWriter implements AnswerWriter {
    private final AnswerFrame frame;
    private final GeminiFraming framing;
    private String id;
    private final Map<Integer, State> states = new TreeMap<>();
    /** In letters. */
    private long kept;

    private static final class State {
        private final Map<Integer, Call> calls = new TreeMap<>();
        private final GroundedText grounded = new GroundedText();
        private final List<Citation> citations = new ArrayList<>();
        private final ArrayNode logprobs = JsonMapper.shared().createArrayNode();
        private @Nullable TextEvent text;
        private @Nullable TextEvent thought;
        private @Nullable StopReason stop;
        private @Nullable String broken;
    }

    private record Call(String id, String name, @Nullable Signature signature, StringBuilder arguments) {}

    GeminiAnswerWriter(AnswerFrame frame, GeminiFraming framing) {
        this.frame = frame;
        this.framing = framing;
        id = frame.id();
    }

    @Override
    public String streamType() {
        return framing.type();
    }

    @Override
    public byte[] whole(Answer answer, Meters charged) {
        if (!answer.id().isEmpty()) id = answer.id();
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ArrayNode candidates = root.putArray("candidates");
        for (Answer.Candidate candidate : answer.candidates()) candidate(candidate, candidates.addObject());
        return JsonMapper.shared().writeValueAsBytes(finished(root, charged));
    }

    private static void candidate(Answer.Candidate candidate, ObjectNode written) {
        State state = new State();
        state.stop = candidate.stop();
        ArrayNode parts = content(written);
        int begin = 0;
        for (Part part : candidate.parts()) {
            if (part instanceof Part.Text text) {
                state.grounded.add(text.text());
                for (Citation citation : text.citations()) state.citations.add(moved(citation, begin));
                begin += text.text().codePointCount(0, text.text().length());
            }
            part(part, state, parts);
        }
        if (candidate.logprobs() != null) candidate.logprobs().path("content").forEach(state.logprobs::add);
        finish(candidate.index(), state, written);
    }

    private static Citation moved(Citation citation, int by) {
        boolean placed = citation.from() >= 0 && citation.to() >= 0;
        return new Citation(
                citation.url(),
                citation.title(),
                citation.quote(),
                placed ? citation.from() + by : -1,
                placed ? citation.to() + by : -1,
                citation.vendor(),
                citation.original());
    }

    private static void part(Part part, State state, ArrayNode parts) {
        switch (part) {
            case Part.Text text -> {
                if (text.text().isEmpty() && text.signature() == null) return;
                seal(parts.addObject().put("text", text.text()), null, text.signature());
            }
            case Part.Thinking thinking ->
                seal(
                        parts.addObject().put("text", thinking.text()).put("thought", true),
                        thinking.id(),
                        thinking.signature());
            case Part.HiddenThinking hidden -> parts.add(hidden(hidden.id(), hidden.content()));
            case Part.ToolCall call -> call(call.id(), call.name(), call.arguments(), call.signature(), state, parts);
            case Part.Media media -> parts.add(GeminiMedia.part(media));
            case Part.Refusal refusal -> parts.addObject().put("text", refusal.text());
            case Part.Foreign foreign -> {
                if (foreign.vendor() == Vendor.GEMINI) parts.add(foreign.block());
            }
            case Part.ToolResult _ -> {
                // Nothing a model says.
            }
        }
    }

    private static void seal(ObjectNode part, @Nullable String id, @Nullable Signature signature) {
        if (signature != null) part.put("thoughtSignature", GeminiSignatures.seal(id, signature));
    }

    private static ObjectNode hidden(@Nullable String id, Signature content) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("text", "")
                .put("thought", true)
                .put("thoughtSignature", GeminiSignatures.hidden(id, content));
    }

    private static void call(
            String id, String name, String arguments, @Nullable Signature signature, State state, ArrayNode parts) {
        ObjectNode args = Arguments.whole(arguments);
        if (args == null) {
            state.broken = "Malformed function call: " + name + "(" + arguments + ")";
            return;
        }
        ObjectNode part = parts.addObject();
        ObjectNode call = part.putObject("functionCall");
        if (!id.isEmpty()) call.put("id", id);
        call.put("name", name).set("args", args);
        seal(part, null, signature);
    }

    @Override
    public void event(AnswerEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case AnswerEvent.Begun begun -> {
                if (!begun.id().isEmpty()) id = begun.id();
            }
            case AnswerEvent.TextMore more -> {
                State state = state(more.candidate());
                state.grounded.add(more.text());
                if (state.text == null) state.text = text(more.candidate(), part().put("text", TextEvent.TEXT));
                framing.write(state.text, more.text(), out);
            }
            case AnswerEvent.ThinkingMore more -> {
                State state = state(more.candidate());
                if (state.thought == null)
                    state.thought = text(
                            more.candidate(), part().put("text", TextEvent.TEXT).put("thought", true));
                framing.write(state.thought, more.text(), out);
            }
            case AnswerEvent.Sealed sealed -> sealed(sealed, out);
            case AnswerEvent.HiddenThinking hidden ->
                part(hidden.candidate(), hidden(hidden.id(), hidden.content()), out);
            case AnswerEvent.ToolCallBegun begun ->
                state(begun.candidate())
                        .calls
                        .put(begun.call(), new Call(begun.id(), begun.name(), begun.signature(), new StringBuilder()));
            case AnswerEvent.ToolArgumentsMore more -> {
                Call call = state(more.candidate()).calls.get(more.call());
                if (call == null) return;
                call.arguments().append(more.fragment());
                kept += more.fragment().length();
            }
            case AnswerEvent.Shown shown -> part(shown.candidate(), GeminiMedia.part(shown.media()), out);
            case AnswerEvent.RefusalMore more -> part(more.candidate(), part().put("text", more.text()), out);
            case AnswerEvent.Cited cited -> state(cited.candidate()).citations.add(cited.citation());
            case AnswerEvent.Foreign foreign -> {
                if (foreign.part().vendor() == Vendor.GEMINI && foreign.part().block() instanceof ObjectNode block)
                    part(foreign.candidate(), block, out);
            }
            case AnswerEvent.Logprobs logprobs ->
                logprobs.logprobs().path("content").forEach(state(logprobs.candidate()).logprobs::add);
            case AnswerEvent.Stopped stopped -> {
                State state = state(stopped.candidate());
                state.stop = stopped.reason();
                calls(stopped.candidate(), state, out);
            }
            case AnswerEvent.PartEnded _, AnswerEvent.Failed _ -> {
                // The kind of a part says where it ends; a failure ends the stream in other words.
            }
        }
    }

    /** The arguments of calls. */
    @Override
    public long keptBytes() {
        return kept * Character.BYTES;
    }

    private State state(int candidate) {
        return states.computeIfAbsent(candidate, _ -> new State());
    }

    private static ObjectNode part() {
        return JsonMapper.shared().createObjectNode();
    }

    /** Another vendor seals its thinking; Gemini what it said. */
    private void sealed(AnswerEvent.Sealed sealed, ByteArrayOutputStream out) {
        ObjectNode part = part().put("text", "");
        if (sealed.signature().by() != Vendor.GEMINI) part.put("thought", true);
        seal(part, sealed.id(), sealed.signature());
        part(sealed.candidate(), part, out);
    }

    private void part(int candidate, ObjectNode part, ByteArrayOutputStream out) {
        state(candidate);
        framing.write(piece(candidate, part), out);
    }

    private TextEvent text(int candidate, ObjectNode part) {
        return framing.text(piece(candidate, part));
    }

    private ObjectNode piece(int candidate, ObjectNode part) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ObjectNode written = root.putArray("candidates").addObject();
        content(written).add(part);
        written.put("index", candidate);
        return framed(root);
    }

    /** All calls of a candidate, once they are whole. */
    private void calls(int candidate, State state, ByteArrayOutputStream out) {
        if (state.calls.isEmpty()) return;
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ObjectNode written = root.putArray("candidates").addObject();
        calls(state, content(written));
        written.put("index", candidate);
        if (!written.path("content").path("parts").isEmpty()) framing.write(framed(root), out);
    }

    private static void calls(State state, ArrayNode parts) {
        for (Call call : state.calls.values())
            call(call.id(), call.name(), call.arguments().toString(), call.signature(), state, parts);
        state.calls.clear();
    }

    private static ArrayNode content(ObjectNode candidate) {
        ObjectNode content = candidate.putObject("content");
        ArrayNode parts = content.putArray("parts");
        content.put("role", "model");
        return parts;
    }

    @Override
    public byte[] end(Meters charged) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ArrayNode candidates = root.putArray("candidates");
        if (states.isEmpty()) state(0);
        states.forEach((index, state) -> {
            ObjectNode written = candidates.addObject();
            ArrayNode parts = content(written);
            calls(state, parts);
            // Clients read the text of every piece, the last one too.
            if (parts.isEmpty()) parts.addObject().put("text", "");
            finish(index, state, written);
        });
        framing.write(finished(root, charged), out);
        framing.end(out);
        return out.toByteArray();
    }

    private static void finish(int index, State state, ObjectNode written) {
        boolean cutOff = state.stop == StopReason.LENGTH;
        written.put("finishReason", state.broken == null || cutOff ? reason(state.stop) : "MALFORMED_FUNCTION_CALL");
        if (state.broken != null && !cutOff) written.put("finishMessage", state.broken);
        written.put("index", index);
        ObjectNode grounding = state.grounded.grounding(state.citations);
        if (grounding != null) written.set("groundingMetadata", grounding);
        if (!state.logprobs.isEmpty()) {
            ObjectNode content = JsonMapper.shared().createObjectNode();
            content.set("content", state.logprobs);
            written.set("logprobsResult", GeminiLogprobs.fromOpenAi(content));
        }
    }

    private static String reason(@Nullable StopReason stop) {
        return switch (stop) {
            case null -> "STOP";
            case FINISHED, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "STOP";
            case LENGTH -> "MAX_TOKENS";
            case REFUSED -> "SAFETY";
        };
    }

    private ObjectNode finished(ObjectNode root, Meters charged) {
        root.set("usageMetadata", usage(charged));
        return framed(root);
    }

    private ObjectNode framed(ObjectNode root) {
        return root.put("modelVersion", frame.model()).put("responseId", id);
    }

    static JsonNode usage(Meters charged) {
        long prompt = charged.promptTokens();
        long thoughts = charged.of(Meter.REASONING);
        ObjectNode usage = JsonMapper.shared().createObjectNode();
        usage.put("promptTokenCount", prompt);
        usage.put("candidatesTokenCount", charged.completionTokens() - thoughts);
        usage.put("totalTokenCount", prompt + charged.completionTokens());
        if (charged.of(Meter.CACHE_READ) > 0) usage.put("cachedContentTokenCount", charged.of(Meter.CACHE_READ));
        if (thoughts > 0) usage.put("thoughtsTokenCount", thoughts);
        long audio = charged.of(Meter.AUDIO_INPUT);
        long pictures = charged.of(Meter.IMAGE_INPUT);
        modalities(usage, "promptTokensDetails", prompt - audio - pictures, audio, pictures);
        long spoken = charged.of(Meter.AUDIO_OUTPUT);
        long drawn = charged.of(Meter.IMAGE_OUTPUT);
        if (spoken + drawn > 0) modalities(usage, "candidatesTokensDetails", charged.of(Meter.OUTPUT), spoken, drawn);
        return usage;
    }

    private static void modalities(ObjectNode usage, String field, long text, long audio, long pictures) {
        ArrayNode details = usage.putArray(field);
        if (text > 0) details.addObject().put("modality", "TEXT").put("tokenCount", text);
        if (audio > 0) details.addObject().put("modality", "AUDIO").put("tokenCount", audio);
        if (pictures > 0) details.addObject().put("modality", "IMAGE").put("tokenCount", pictures);
        if (details.isEmpty()) usage.remove(field);
    }
}

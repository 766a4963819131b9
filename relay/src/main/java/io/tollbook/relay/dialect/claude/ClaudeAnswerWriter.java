package io.tollbook.relay.dialect.claude;

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
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.TextEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a message. A stream is made of blocks: one of text or thinking is open at a time, and ends where something else
 * begins; of calls several may be, as other vendors let them grow side by side.
 */
final class ClaudeAnswerWriter implements AnswerWriter {
    private enum Open {
        NOTHING,
        TEXT,
        THINKING,
        CALLS
    }

    private final AnswerFrame frame;
    private final LongSupplier promptTokens;
    private Open open = Open.NOTHING;
    /** The number of the next block. */
    private int next;
    /** A further piece of the open text or thinking; null where neither is open. */
    private @Nullable TextEvent piece;

    private record OpenCall(int block, TextEvent piece) {}

    /** By the calls' numbers. */
    private final Map<Integer, OpenCall> calls = new TreeMap<>();

    private boolean begun;
    private boolean hasCalls;
    private boolean signed;
    /** Of the text before; null for none. Where nothing follows it is left out: Claude Code shows nothing of an answer whose last
     * block is no text, and Google needs only the seals of calls. */
    private @Nullable Signature textSeal;

    private @Nullable StopReason stop;
    private @Nullable String stopSequence;

    /** @param promptTokens about how many there are: a stream begins before the provider has counted */
    ClaudeAnswerWriter(AnswerFrame frame, LongSupplier promptTokens) {
        this.frame = frame;
        this.promptTokens = promptTokens;
    }

    private ObjectNode message() {
        return Json.MAPPER
                .createObjectNode()
                .put("id", "msg_" + frame.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", frame.model());
    }

    @Override
    public byte[] whole(Answer answer, Meters charged) {
        ObjectNode message = message();
        ArrayNode content = message.putArray("content");
        StopReason reason = StopReason.FINISHED;
        String sequence = null;
        boolean called = false;
        // Claude gives one answer; a request for more was refused.
        if (!answer.candidates().isEmpty()) {
            Answer.Candidate candidate = answer.candidates().getFirst();
            Part last = null;
            for (Part part : candidate.parts()) {
                int before = content.size();
                write(part, content);
                if (content.size() > before) last = part;
                called |= part instanceof Part.ToolCall;
            }
            if (last instanceof Part.Text text && text.signature() != null) content.remove(content.size() - 1);
            reason = candidate.stop();
            sequence = candidate.stopSequence();
        }
        message.put("stop_reason", word(reason, called)).put("stop_sequence", sequence);
        message.set("usage", ClaudeCharge.usage(charged));
        return Json.MAPPER.writeValueAsBytes(message);
    }

    private static void write(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text text -> {
                if (text.text().isEmpty()) return;
                ObjectNode block = content.add(ClaudeTurns.text(text.text()))
                        .path(content.size() - 1)
                        .asObject();
                ArrayNode citations = Json.MAPPER.createArrayNode();
                for (Citation citation : text.citations()) {
                    JsonNode written = citation(citation);
                    if (written != null) citations.add(written);
                }
                if (!citations.isEmpty()) block.set("citations", citations);
                if (text.signature() != null) content.add(redacted(Seals.TEXT, text.signature()));
            }
            case Part.Thinking thinking ->
                content.addObject()
                        .put("type", "thinking")
                        .put("thinking", thinking.text())
                        .put(
                                "signature",
                                thinking.signature() == null ? "" : Seals.shown(thinking.id(), thinking.signature()));
            case Part.HiddenThinking hidden -> content.add(redacted(hidden.id(), hidden.content()));
            case Part.ToolCall call -> {
                if (call.signature() != null) content.add(redacted(Seals.CALL, call.signature()));
                content.add(toolUse(call.id(), call.name()).set("input", ClaudeTurns.arguments(call.arguments())));
            }
            case Part.Media media -> content.add(ClaudeTurns.text(shown(media)));
            case Part.Refusal refusal -> content.add(ClaudeTurns.text(refusal.text()));
            case Part.Foreign foreign -> {
                if (foreign.vendor() == Vendor.CLAUDE) content.add(foreign.block());
            }
            case Part.ToolResult result -> throw new IllegalArgumentException("a model answers with no tool's result");
        }
    }

    private static ObjectNode redacted(@Nullable String label, Signature signature) {
        return Json.MAPPER
                .createObjectNode()
                .put("type", "redacted_thinking")
                .put("data", Seals.shown(label, signature));
    }

    private static ObjectNode toolUse(String id, String name) {
        return Json.MAPPER
                .createObjectNode()
                .put("type", "tool_use")
                .put("id", id)
                .put("name", name);
    }

    /** Claude's answers have no pictures, but its clients show Markdown. */
    private static String shown(Part.Media media) {
        String name = media.kind() == Part.Media.Kind.PICTURE ? "image" : "media";
        return switch (media.source()) {
            case Source.Inline inline ->
                "![" + name + "](data:" + inline.mediaType() + ";base64," + inline.data() + ")";
            case Source.Address address -> "![" + name + "](" + address.url() + ")";
            case Source.File file -> "![" + name + "](" + file.id() + ")";
            case Source.PlainText plain -> plain.text();
        };
    }

    /** Null for what no Claude client could read. */
    private static @Nullable JsonNode citation(Citation citation) {
        if (citation.vendor() == Vendor.CLAUDE) return citation.original();
        if (citation.url() == null) return null;
        return Json.MAPPER
                .createObjectNode()
                .put("type", "web_search_result_location")
                .put("url", citation.url())
                .put("title", citation.title())
                .put("cited_text", citation.quote() == null ? "" : citation.quote())
                .put("encrypted_index", "");
    }

    private static String word(@Nullable StopReason reason, boolean called) {
        return switch (reason) {
            case null -> called ? "tool_use" : "end_turn";
            // Some vendors say no more than that it has ended.
            case FINISHED -> called ? "tool_use" : "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case REFUSED -> "refusal";
            case PAUSED -> "pause_turn";
        };
    }

    @Override
    public void event(AnswerEvent event, ByteArrayOutputStream out) {
        begin(out);
        switch (event) {
            case AnswerEvent.TextMore more -> {
                if (more.candidate() == 0) text(more.text(), out);
            }
            case AnswerEvent.RefusalMore more -> {
                if (more.candidate() == 0) text(more.text(), out);
            }
            case AnswerEvent.Shown shown -> {
                if (shown.candidate() == 0) text(shown(shown.media()), out);
            }
            case AnswerEvent.ThinkingMore more -> {
                if (more.candidate() == 0) thinking(more.text(), out);
            }
            case AnswerEvent.Sealed sealed -> {
                if (sealed.candidate() == 0) sealed(sealed, out);
            }
            case AnswerEvent.HiddenThinking hidden -> {
                if (hidden.candidate() == 0) whole(redacted(hidden.id(), hidden.content()), out);
            }
            case AnswerEvent.ToolCallBegun call -> {
                if (call.candidate() == 0) call(call, out);
            }
            case AnswerEvent.ToolArgumentsMore more -> {
                if (more.candidate() == 0) arguments(more, out);
            }
            case AnswerEvent.Cited cited -> {
                if (cited.candidate() == 0) cited(cited.citation(), out);
            }
            case AnswerEvent.Foreign foreign -> {
                if (foreign.candidate() == 0 && foreign.part().vendor() == Vendor.CLAUDE)
                    whole(foreign.part().block(), out);
            }
            case AnswerEvent.PartEnded ended -> {
                if (ended.candidate() == 0 && open != Open.CALLS) close(out);
            }
            case AnswerEvent.Stopped stopped -> {
                if (stopped.candidate() == 0) {
                    stop = stopped.reason();
                    stopSequence = stopped.stopSequence();
                }
            }
            case AnswerEvent.Begun ignored -> {}
            case AnswerEvent.Logprobs ignored -> {}
            case AnswerEvent.Failed ignored -> {}
        }
    }

    private void begin(ByteArrayOutputStream out) {
        if (begun) return;
        begun = true;
        ObjectNode event = object("message_start");
        ObjectNode message = message();
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage")
                .put("input_tokens", promptTokens.getAsLong())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", 0);
        write(event.set("message", message), out);
    }

    private void text(String text, ByteArrayOutputStream out) {
        if (text.isEmpty()) return;
        if (open != Open.TEXT || textSeal != null) {
            close(out);
            start(ClaudeTurns.text(""), out);
            open = Open.TEXT;
            piece = delta(next - 1, "text_delta", "text");
        }
        Objects.requireNonNull(piece).write(text, out);
    }

    private void thinking(String text, ByteArrayOutputStream out) {
        // What comes behind a seal is another thought.
        if (open != Open.THINKING || signed) openThinking(out);
        if (!text.isEmpty()) Objects.requireNonNull(piece).write(text, out);
    }

    private void openThinking(ByteArrayOutputStream out) {
        close(out);
        start(
                Json.MAPPER
                        .createObjectNode()
                        .put("type", "thinking")
                        .put("thinking", "")
                        .put("signature", ""),
                out);
        open = Open.THINKING;
        piece = delta(next - 1, "thinking_delta", "thinking");
        signed = false;
    }

    private void sealed(AnswerEvent.Sealed sealed, ByteArrayOutputStream out) {
        if (open == Open.TEXT) {
            textSeal = sealed.signature();
            return;
        }
        if (open != Open.THINKING || signed) openThinking(out);
        signed = true;
        delta(next - 1, "signature_delta", "signature").write(Seals.shown(sealed.id(), sealed.signature()), out);
    }

    private void call(AnswerEvent.ToolCallBegun call, ByteArrayOutputStream out) {
        if (open != Open.CALLS) close(out);
        if (call.signature() != null) whole(redacted(Seals.CALL, call.signature()), out);
        open = Open.CALLS;
        hasCalls = true;
        calls.put(call.call(), new OpenCall(next, delta(next, "input_json_delta", "partial_json")));
        ObjectNode block = toolUse(call.id(), call.name());
        block.putObject("input");
        start(block, out);
    }

    private void arguments(AnswerEvent.ToolArgumentsMore more, ByteArrayOutputStream out) {
        OpenCall call = calls.get(more.call());
        if (call != null && !more.fragment().isEmpty()) call.piece().write(more.fragment(), out);
    }

    private void cited(Citation citation, ByteArrayOutputStream out) {
        JsonNode written = citation(citation);
        if (written == null || open != Open.TEXT) return;
        ObjectNode event = object("content_block_delta").put("index", next - 1);
        event.putObject("delta").put("type", "citations_delta").set("citation", written);
        write(event, out);
    }

    /** A block that comes in one piece. */
    private void whole(JsonNode block, ByteArrayOutputStream out) {
        close(out);
        start(block, out);
        stop(next - 1, out);
    }

    private void start(JsonNode block, ByteArrayOutputStream out) {
        Signature seal = textSeal;
        textSeal = null;
        if (seal != null) whole(redacted(Seals.TEXT, seal), out);
        ObjectNode event = object("content_block_start").put("index", next++);
        write(event.set("content_block", block), out);
    }

    private void stop(int index, ByteArrayOutputStream out) {
        write(object("content_block_stop").put("index", index), out);
    }

    private void close(ByteArrayOutputStream out) {
        switch (open) {
            case NOTHING -> {}
            case TEXT, THINKING -> stop(next - 1, out);
            case CALLS -> {
                calls.values().forEach(call -> stop(call.block(), out));
                calls.clear();
            }
        }
        open = Open.NOTHING;
    }

    @Override
    public byte[] end(Meters charged) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        begin(out);
        close(out);
        ObjectNode event = object("message_delta");
        event.putObject("delta").put("stop_reason", word(stop, hasCalls)).put("stop_sequence", stopSequence);
        write(event.set("usage", ClaudeCharge.usage(charged)), out);
        write(object("message_stop"), out);
        return out.toByteArray();
    }

    private static TextEvent delta(int block, String type, String field) {
        ObjectNode event = object("content_block_delta").put("index", block);
        event.putObject("delta").put("type", type).put(field, TextEvent.TEXT);
        return TextEvent.around("event: content_block_delta\ndata: ", event, "\n\n");
    }

    private static ObjectNode object(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }

    private static void write(JsonNode event, ByteArrayOutputStream out) {
        out.writeBytes(("event: " + event.path("type").asString() + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(Json.MAPPER.writeValueAsBytes(event));
        out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }
}

package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a response, item by item. That it has begun is said with the first of them: until then another provider may be asked
 * if this one fails.
 */
final class ResponsesAnswerWriter implements AnswerWriter {
    private final ResponseFrame frame;
    private final String call;
    private final ClientTools tools;
    private final ResponseEvents events = new ResponseEvents();
    private final ArrayNode output = Json.MAPPER.createArrayNode();
    private boolean begun;
    /** The message or the thinking that goes on; null for none. */
    private @Nullable OutputItem open;
    /** Several may grow at once, so they end together. */
    private final Map<Integer, CallItem> calls = new TreeMap<>();

    /** In letters. */
    private long kept;

    private boolean refused;
    private StopReason stop = StopReason.FINISHED;

    /** @param told the request without its input */
    ResponsesAnswerWriter(JsonNode told, ClientTools tools, AnswerFrame frame) {
        this.frame = new ResponseFrame(told, frame);
        this.call = frame.id();
        this.tools = tools;
    }

    @Override
    public byte[] whole(Answer answer, Meters charged) {
        answer.asEvents(this::accept);
        close();
        return Json.MAPPER.writeValueAsBytes(response(charged));
    }

    @Override
    public void event(AnswerEvent event, ByteArrayOutputStream out) {
        // Whether it has begun, stopped or ended a part shows in what follows.
        boolean brings = !(event instanceof AnswerEvent.Begun || event instanceof AnswerEvent.Stopped);
        events.to(out);
        if (brings) begin();
        accept(event);
        kept += switch (event) {
            case AnswerEvent.TextMore more -> more.text().length();
            case AnswerEvent.ThinkingMore more -> more.text().length();
            case AnswerEvent.RefusalMore more -> more.text().length();
            case AnswerEvent.ToolArgumentsMore more -> more.fragment().length();
            default -> 0;
        };
    }

    /** All of it, as the last event repeats it. */
    @Override
    public long keptBytes() {
        return kept * Character.BYTES;
    }

    private void begin() {
        if (begun) return;
        begun = true;
        say("response.created", frame.response("in_progress", Json.MAPPER.createArrayNode(), null, null));
        say("response.in_progress", frame.response("in_progress", Json.MAPPER.createArrayNode(), null, null));
    }

    private void say(String type, ObjectNode response) {
        ObjectNode fields = ResponseEvents.fields();
        fields.set("response", response);
        events.say(type, fields);
    }

    @Override
    public byte[] end(Meters charged) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        events.to(out);
        begin();
        close();
        say(incomplete() == null ? "response.completed" : "response.incomplete", response(charged));
        return out.toByteArray();
    }

    @Override
    public byte @Nullable [] errorEvent(Failure why, String request) {
        ObjectNode response = frame.response("failed", output, null, null);
        return ResponsesErrors.event(why, request, events.next(), response);
    }

    private ObjectNode response(Meters charged) {
        return frame.response(incomplete() == null ? "completed" : "incomplete", output, incomplete(), charged);
    }

    /** Why the answer is not complete; null if it is. A refusal in words is a complete answer. */
    private @Nullable String incomplete() {
        return switch (stop) {
            case LENGTH -> "max_output_tokens";
            case REFUSED -> refused ? null : "content_filter";
            case FINISHED, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> null;
        };
    }

    private void accept(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Begun begun -> {}
            case AnswerEvent.TextMore more -> {
                if (!more.text().isEmpty()) message().text(more.text());
            }
            case AnswerEvent.ThinkingMore more -> reasoning().text(more.text());
            case AnswerEvent.Sealed sealed -> seal(sealed.signature());
            case AnswerEvent.HiddenThinking hidden -> hide(hidden.content());
            case AnswerEvent.ToolCallBegun begins -> begin(begins);
            case AnswerEvent.ToolArgumentsMore more -> {
                CallItem item = calls.get(more.call());
                if (item != null) item.more(more.fragment());
            }
            case AnswerEvent.Shown shown -> show(shown.media());
            case AnswerEvent.RefusalMore more -> {
                refused = true;
                message().refusal(more.text());
            }
            case AnswerEvent.Cited cited -> message().cite(cited.citation());
            case AnswerEvent.Foreign foreign -> foreign(foreign.part());
            case AnswerEvent.PartEnded ended -> {
                if (open instanceof MessageItem message) message.endBlock();
                else endOpen("completed");
            }
            case AnswerEvent.Logprobs logprobs -> {
                if (open instanceof MessageItem message
                        && logprobs.logprobs().path("content").isArray()) message.logprobs(logprobs.logprobs());
            }
            case AnswerEvent.Stopped stopped -> stop = stopped.reason();
            case AnswerEvent.Failed failed -> {}
        }
    }

    private MessageItem message() {
        if (open instanceof MessageItem message) return message;
        endAll("completed");
        MessageItem message = new MessageItem(events, output, "msg_" + id());
        open = message;
        return message;
    }

    private ReasoningItem reasoning() {
        if (open instanceof ReasoningItem reasoning) return reasoning;
        endAll("completed");
        ReasoningItem reasoning = new ReasoningItem(events, output, "rs_" + id());
        open = reasoning;
        return reasoning;
    }

    private String id() {
        return call + "_" + output.size();
    }

    /** Gemini seals text and calls too; such a seal stands alone here. */
    private void seal(Signature signature) {
        if (open instanceof ReasoningItem || signature.by() != Vendor.GEMINI)
            reasoning().seal(signature);
        else hide(signature);
    }

    private void hide(Signature signature) {
        endAll("completed");
        reasoning().hide(signature);
        endOpen("completed");
    }

    private void begin(AnswerEvent.ToolCallBegun begins) {
        endOpen("completed");
        if (begins.signature() != null) {
            ReasoningItem seal = new ReasoningItem(events, output, "rs_" + id());
            seal.hide(begins.signature());
            seal.end("completed");
        }
        calls.put(begins.call(), new CallItem(events, output, id(), tools.of(begins.name()), begins.id()));
    }

    private void show(Part.Media media) {
        if (media.kind() != Part.Media.Kind.PICTURE
                || !(media.source() instanceof Source.Inline(String type, String data))) return;
        endAll("completed");
        RanItem.picture(events, output, id(), type.substring(type.indexOf('/') + 1), data)
                .end("completed");
    }

    /** Searches are shown as such whoever made them. */
    private void foreign(Part.Foreign part) {
        JsonNode block = part.block();
        boolean search = part.vendor() == Vendor.CLAUDE
                && block.path("type").stringValue("").equals("server_tool_use")
                && block.path("name").stringValue("").equals("web_search");
        if (part.vendor() == Vendor.RESPONSES && block instanceof ObjectNode item) {
            endAll("completed");
            RanItem.asItCame(events, output, item).end("completed");
        } else if (search) {
            endAll("completed");
            RanItem.search(
                            events,
                            output,
                            id(),
                            block.path("input").path("query").stringValue(""))
                    .end("completed");
        }
    }

    private void endAll(String status) {
        endOpen(status);
        calls.values().forEach(item -> item.end(status));
        calls.clear();
    }

    private void endOpen(String status) {
        if (open == null) return;
        open.end(status);
        open = null;
    }

    private void close() {
        endAll(stop == StopReason.LENGTH ? "incomplete" : "completed");
    }
}

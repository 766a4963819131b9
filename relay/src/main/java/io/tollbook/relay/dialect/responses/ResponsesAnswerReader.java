package io.tollbook.relay.dialect.responses;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Understands a response. In a stream each item is known by its place in the output; what an event said too little of, the one
 * that ends the item makes up for.
 */
final class ResponsesAnswerReader implements AnswerReader {
    /** An item of the output while it grows. */
    private static final class Item {
        private int call = -1;
        private boolean said;
        private boolean thought;
        private boolean done;
    }

    private final Map<Integer, Item> items = new HashMap<>();
    private boolean begun;
    private int calls;
    private boolean refused;
    private boolean over;

    @Override
    public boolean isAnswer(JsonNode root) {
        return root.path("output").isArray();
    }

    @Override
    public @Nullable Failure failure(JsonNode root) {
        return ResponsesErrors.read(root);
    }

    @Override
    public Answer whole(JsonNode root) {
        List<Part> parts = new ArrayList<>();
        ObjectNode logprobs = null;
        for (JsonNode item : root.path("output")) {
            parts(item, parts);
            for (JsonNode part : item.path("content"))
                if (!part.path("logprobs").isEmpty()) logprobs = added(logprobs, part.path("logprobs"));
        }
        boolean called = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        refused = parts.stream().anyMatch(Part.Refusal.class::isInstance);
        return new Answer(
                root.path("id").stringValue(""),
                List.of(new Answer.Candidate(0, parts, stop(root, called), null, logprobs)));
    }

    private static ObjectNode added(@Nullable ObjectNode logprobs, JsonNode more) {
        ObjectNode all = logprobs == null ? JsonNodeFactory.instance.objectNode() : logprobs;
        more.forEach(all.withArray("content")::add);
        return all;
    }

    private static void parts(JsonNode item, List<Part> parts) {
        switch (item.path("type").stringValue("")) {
            case "message" -> {
                for (JsonNode part : item.path("content")) {
                    if (part.path("type").stringValue("").equals("refusal"))
                        parts.add(new Part.Refusal(part.path("refusal").stringValue("")));
                    else
                        parts.add(new Part.Text(
                                part.path("text").stringValue(""),
                                ResponsesContent.citations(part.path("annotations")),
                                null,
                                null));
                }
            }
            case "reasoning" -> {
                Part thinking = thinking(item);
                if (thinking != null) parts.add(thinking);
            }
            case "function_call", "custom_tool_call" ->
                parts.add(new Part.ToolCall(id(item), item.path("name").stringValue(""), arguments(item)));
            case "image_generation_call" -> {
                String data = item.path("result").stringValue("");
                if (!data.isEmpty()) parts.add(ResponsesContent.picture(item, data));
            }
            default -> parts.add(new Part.Foreign(Vendor.RESPONSES, item));
        }
    }

    private static @Nullable Part thinking(JsonNode item) {
        String text = ResponsesContent.thoughts(item);
        String id = item.path("id").stringValue(null);
        String sealed = item.path("encrypted_content").stringValue("");
        Signature signature = sealed.isEmpty() ? null : new Signature(Vendor.RESPONSES, sealed);
        if (!text.isEmpty()) return new Part.Thinking(text, id, signature);
        return signature == null ? null : new Part.HiddenThinking(id, signature);
    }

    private static String id(JsonNode item) {
        return item.path("call_id").stringValue(item.path("id").stringValue(""));
    }

    private static String arguments(JsonNode item) {
        if (item.path("input").isString())
            return ResponsesTools.argumentsOf(item.path("input").asString());
        String arguments = item.path("arguments").stringValue("");
        return arguments.isBlank() ? "{}" : arguments;
    }

    private StopReason stop(JsonNode response, boolean called) {
        if (response.path("status").stringValue("").equals("incomplete")) {
            String why = response.path("incomplete_details").path("reason").stringValue("");
            return why.equals("content_filter") ? StopReason.REFUSED : StopReason.LENGTH;
        }
        return called ? StopReason.TOOL_CALLS : refused ? StopReason.REFUSED : StopReason.FINISHED;
    }

    @Override
    public void event(JsonNode data, Consumer<AnswerEvent> sink) {
        if (over) return;
        switch (data.path("type").stringValue("")) {
            case "response.created", "response.queued", "response.in_progress" -> begin(data, sink);
            case "response.output_item.added" -> added(data, sink);
            case "response.output_text.delta" -> text(data, sink);
            case "response.output_text.annotation.added" -> {
                Citation citation = ResponsesContent.citation(data.path("annotation"));
                if (citation != null) sink.accept(new AnswerEvent.Cited(0, citation));
            }
            case "response.refusal.delta" -> refusal(data, sink);
            case "response.reasoning_summary_part.added" -> {
                if (item(data).thought) sink.accept(new AnswerEvent.ThinkingMore(0, "\n\n"));
            }
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" -> {
                item(data).thought = true;
                sink.accept(new AnswerEvent.ThinkingMore(0, data.path("delta").stringValue("")));
            }
            case "response.function_call_arguments.delta" -> {
                Item item = item(data);
                if (item.call < 0) return;
                item.said = true;
                sink.accept(new AnswerEvent.ToolArgumentsMore(
                        0, item.call, data.path("delta").stringValue("")));
            }
            case "response.output_item.done" -> done(data, sink);
            case "response.completed", "response.incomplete" -> completed(data.path("response"), sink);
            case "response.failed", "error" -> {
                over = true;
                Failure failure = ResponsesErrors.read(data);
                sink.accept(new AnswerEvent.Failed(failure == null ? UpstreamErrors.CUT : failure));
            }
            default -> {
                // The beginnings and ends of what the deltas hold.
            }
        }
    }

    private void begin(JsonNode data, Consumer<AnswerEvent> sink) {
        if (begun) return;
        begun = true;
        sink.accept(new AnswerEvent.Begun(data.path("response").path("id").stringValue("")));
    }

    private Item item(JsonNode data) {
        return items.computeIfAbsent(data.path("output_index").intValue(0), index -> new Item());
    }

    private void added(JsonNode data, Consumer<AnswerEvent> sink) {
        JsonNode item = data.path("item");
        if (!item.path("type").stringValue("").equals("function_call")) return;
        Item here = item(data);
        begin(here, item, sink);
        String arguments = item.path("arguments").stringValue("");
        if (arguments.isEmpty()) return;
        here.said = true;
        sink.accept(new AnswerEvent.ToolArgumentsMore(0, here.call, arguments));
    }

    private void begin(Item here, JsonNode call, Consumer<AnswerEvent> sink) {
        if (here.call >= 0) return;
        here.call = calls++;
        sink.accept(new AnswerEvent.ToolCallBegun(
                0, here.call, id(call), call.path("name").stringValue(""), null));
    }

    private void text(JsonNode data, Consumer<AnswerEvent> sink) {
        item(data).said = true;
        sink.accept(new AnswerEvent.TextMore(0, data.path("delta").stringValue("")));
        if (!data.path("logprobs").isEmpty())
            sink.accept(new AnswerEvent.Logprobs(0, added(null, data.path("logprobs"))));
    }

    private void refusal(JsonNode data, Consumer<AnswerEvent> sink) {
        item(data).said = true;
        refused = true;
        sink.accept(new AnswerEvent.RefusalMore(0, data.path("delta").stringValue("")));
    }

    private void done(JsonNode data, Consumer<AnswerEvent> sink) {
        Item here = item(data);
        if (here.done) return;
        here.done = true;
        JsonNode item = data.path("item");
        switch (item.path("type").stringValue("")) {
            case "message" -> message(here, item, sink);
            case "reasoning" -> reasoning(here, item, sink);
            case "function_call", "custom_tool_call" -> {
                begin(here, item, sink);
                if (!here.said) sink.accept(new AnswerEvent.ToolArgumentsMore(0, here.call, arguments(item)));
            }
            default -> {
                List<Part> parts = new ArrayList<>(1);
                parts(item, parts);
                for (Part part : parts)
                    if (part instanceof Part.Media media) sink.accept(new AnswerEvent.Shown(0, media));
                    else if (part instanceof Part.Foreign foreign) sink.accept(new AnswerEvent.Foreign(0, foreign));
            }
        }
    }

    private void message(Item here, JsonNode item, Consumer<AnswerEvent> sink) {
        if (!here.said)
            for (JsonNode part : item.path("content")) {
                if (part.path("type").stringValue("").equals("refusal")) {
                    refused = true;
                    sink.accept(
                            new AnswerEvent.RefusalMore(0, part.path("refusal").stringValue("")));
                } else {
                    sink.accept(new AnswerEvent.TextMore(0, part.path("text").stringValue("")));
                    for (Citation citation : ResponsesContent.citations(part.path("annotations")))
                        sink.accept(new AnswerEvent.Cited(0, citation));
                }
            }
        sink.accept(new AnswerEvent.PartEnded(0));
    }

    private static void reasoning(Item here, JsonNode item, Consumer<AnswerEvent> sink) {
        switch (thinking(item)) {
            case Part.Thinking thinking -> {
                if (!here.thought) sink.accept(new AnswerEvent.ThinkingMore(0, thinking.text()));
                if (thinking.signature() != null)
                    sink.accept(new AnswerEvent.Sealed(0, thinking.id(), thinking.signature()));
                sink.accept(new AnswerEvent.PartEnded(0));
            }
            case Part.HiddenThinking hidden ->
                sink.accept(new AnswerEvent.HiddenThinking(0, hidden.id(), hidden.content()));
            case null, default -> {
                if (here.thought) sink.accept(new AnswerEvent.PartEnded(0));
            }
        }
    }

    /** Items that no event told of are in the answer that ends the stream. */
    private void completed(JsonNode response, Consumer<AnswerEvent> sink) {
        over = true;
        if (!begun) sink.accept(new AnswerEvent.Begun(response.path("id").stringValue("")));
        if (items.isEmpty()) {
            int index = 0;
            for (JsonNode item : response.path("output")) {
                ObjectNode data = JsonNodeFactory.instance.objectNode();
                data.put("output_index", index++).set("item", item);
                done(data, sink);
            }
        }
        sink.accept(new AnswerEvent.Stopped(0, stop(response, calls > 0), null));
    }

    @Override
    public void end(Consumer<AnswerEvent> sink) {
        if (!over) sink.accept(new AnswerEvent.Failed(UpstreamErrors.CUT));
        over = true;
    }

    @Override
    public boolean isOver() {
        return over;
    }
}

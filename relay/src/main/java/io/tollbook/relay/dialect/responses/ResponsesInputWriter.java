package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes turns as the items of an input, in their order. */
final class ResponsesInputWriter {
    private final ArrayNode items;
    /** Of the message that is being written; null between messages. */
    private @Nullable ArrayNode content;

    ResponsesInputWriter(ArrayNode items) {
        this.items = items;
    }

    void turn(Turn turn) {
        content = null;
        boolean user = turn.role() == Turn.Role.USER;
        List<Part> parts = turn.parts();
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Part.Text text -> {
                    // An empty one is refused.
                    if (!text.text().isEmpty())
                        content(user)
                                .addObject()
                                .put("type", user ? "input_text" : "output_text")
                                .put("text", text.text());
                }
                case Part.Refusal refusal ->
                    content(false).addObject().put("type", "refusal").put("refusal", refusal.text());
                case Part.Media media -> media(media, user);
                case Part.ToolCall call ->
                    item("function_call")
                            .put("call_id", call.id())
                            .put("name", call.name())
                            .put("arguments", call.arguments());
                case Part.ToolResult result -> result(result);
                case Part.Thinking thinking -> {
                    if (isOwnThinking(thinking) && isFollowed(parts, i))
                        reasoning(thinking.id(), thinking.text(), thinking.signature());
                }
                case Part.HiddenThinking hidden -> {
                    if (isOwnThinking(hidden) && isFollowed(parts, i)) reasoning(hidden.id(), "", hidden.content());
                }
                case Part.Foreign foreign -> {
                    if (foreign.vendor() != Vendor.RESPONSES) continue;
                    content = null;
                    items.add(foreign.block());
                }
            }
        }
        content = null;
    }

    /** What OpenAI thought is shown to nobody else, and what others thought not to OpenAI. */
    static boolean isOwnThinking(Part part) {
        Signature signature = switch (part) {
            case Part.Thinking thinking -> thinking.signature();
            case Part.HiddenThinking hidden -> hidden.content();
            default -> null;
        };
        return signature != null && signature.by() == Vendor.RESPONSES;
    }

    /** A reasoning item that nothing came of is refused. */
    private static boolean isFollowed(List<Part> parts, int thinking) {
        for (int i = thinking + 1; i < parts.size(); i++)
            switch (parts.get(i)) {
                case Part.Text text -> {
                    if (!text.text().isEmpty()) return true;
                }
                case Part.Refusal refusal -> {
                    return true;
                }
                case Part.ToolCall call -> {
                    return true;
                }
                default -> {}
            }
        return false;
    }

    private void reasoning(@Nullable String id, String text, @Nullable Signature signature) {
        ObjectNode item = item("reasoning");
        if (id != null) item.put("id", id);
        ArrayNode summary = item.putArray("summary");
        if (!text.isEmpty()) summary.addObject().put("type", "summary_text").put("text", text);
        if (signature != null) item.put("encrypted_content", signature.value());
    }

    private void media(Part.Media media, boolean user) {
        // Nobody but the user shows a picture here; what the model made is known from its own words.
        if (user) content(true).add(ResponsesContent.written(media));
    }

    private void result(Part.ToolResult result) {
        ObjectNode item = item("function_call_output").put("call_id", result.call());
        boolean textOnly = result.content().stream().allMatch(Part.Text.class::isInstance);
        if (result.content().isEmpty() && result.json() != null) {
            item.put("output", failed(result, Json.MAPPER.writeValueAsString(result.json())));
        } else if (textOnly) {
            StringBuilder text = new StringBuilder();
            for (Part part : result.content()) {
                if (!text.isEmpty()) text.append("\n\n");
                text.append(((Part.Text) part).text());
            }
            item.put("output", failed(result, text.toString()));
        } else {
            ArrayNode output = item.putArray("output");
            for (Part part : result.content())
                switch (part) {
                    case Part.Text text ->
                        output.addObject().put("type", "input_text").put("text", text.text());
                    case Part.Media media -> output.add(ResponsesContent.written(media));
                    default -> throw Refused.invalid("A tool's result holds only text, pictures and files.");
                }
        }
    }

    private static String failed(Part.ToolResult result, String text) {
        boolean told = text.toLowerCase(Locale.ROOT).startsWith("error");
        return result.isError() && !told ? "Error: " + text : text;
    }

    private ObjectNode item(String type) {
        content = null;
        return items.addObject().put("type", type);
    }

    private ArrayNode content(boolean user) {
        if (content == null)
            content = items.addObject()
                    .put("type", "message")
                    .put("role", user ? "user" : "assistant")
                    .putArray("content");
        return content;
    }
}

package io.tollbook.relay.dialect.openai;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.DataUrl;
import io.tollbook.relay.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes turns as messages. */
final class OpenAiMessageWriter {
    private final ArrayNode messages;
    private final OpenAiModel model;

    OpenAiMessageWriter(ArrayNode messages, OpenAiModel model) {
        this.messages = messages;
        this.model = model;
    }

    void write(Conversation conversation) {
        String system = conversation.system().stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n\n"));
        if (!system.isEmpty()) messages.addObject().put("role", "system").put("content", system);
        for (Turn turn : conversation.turns()) {
            if (turn.role() == Turn.Role.USER) user(turn);
            else assistant(turn);
        }
    }

    /** Results come first, as the calls they belong to must be followed by them; their pictures are shown after all. */
    private void user(Turn turn) {
        List<Part> said = new ArrayList<>();
        List<Part> shown = new ArrayList<>();
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolResult result) result(result, shown);
            else said.add(part);
        }
        shown.addAll(said);
        content(shown, turn);
    }

    private void result(Part.ToolResult result, List<Part> shown) {
        StringBuilder text = new StringBuilder();
        for (Part part : result.content()) {
            if (part instanceof Part.Text said) {
                if (!text.isEmpty()) text.append('\n');
                text.append(said.text());
            } else {
                shown.add(part);
            }
        }
        if (text.isEmpty() && result.json() != null) text.append(Json.MAPPER.writeValueAsString(result.json()));
        String content =
                result.isError() && !text.toString().toLowerCase(Locale.ROOT).startsWith("error")
                        ? "Error: " + text
                        : text.toString();
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", result.call())
                .put("content", content);
    }

    private void content(List<Part> parts, Turn turn) {
        ArrayNode content = Json.MAPPER.createArrayNode();
        for (Part part : parts) write(part, content);
        if (content.isEmpty()) return;
        ObjectNode message = messages.addObject().put("role", "user");
        Json.put(message, "name", turn.name());
        // The plain form is what every look-alike understands.
        boolean plain =
                content.size() == 1 && content.get(0).path("type").asString("").equals("text");
        if (plain) message.put("content", content.get(0).path("text").asString(""));
        else message.set("content", content);
    }

    private static void write(Part part, ArrayNode content) {
        switch (part) {
            case Part.Text text -> {
                if (!text.text().isEmpty())
                    content.addObject().put("type", "text").put("text", text.text());
            }
            case Part.Refusal refusal -> content.addObject().put("type", "text").put("text", refusal.text());
            case Part.Media media -> medium(media, content);
            case Part.Thinking thinking -> {}
            case Part.HiddenThinking hidden -> {}
            case Part.Foreign foreign -> {
                if (foreign.vendor() == Vendor.OPENAI) content.add(foreign.block());
            }
            case Part.ToolCall call -> throw new IllegalArgumentException("a call outside of an assistant's turn");
            case Part.ToolResult result -> throw new IllegalArgumentException("a result inside of another part");
        }
    }

    private static void medium(Part.Media media, ArrayNode content) {
        switch (media.kind()) {
            case PICTURE -> {
                ObjectNode picture =
                        content.addObject().put("type", "image_url").putObject("image_url");
                picture.put("url", url(media.source()));
                Json.put(picture, "detail", media.detail());
            }
            case FILM ->
                content.addObject()
                        .put("type", "video_url")
                        .putObject("video_url")
                        .put("url", url(media.source()));
            case SOUND -> {
                if (!(media.source() instanceof Source.Inline inline))
                    throw Refused.invalid("A sound must be in the request itself.");
                String format = inline.mediaType().substring(inline.mediaType().indexOf('/') + 1);
                content.addObject()
                        .put("type", "input_audio")
                        .putObject("input_audio")
                        .put("data", inline.data())
                        .put(
                                "format",
                                format.equals("mpeg") ? "mp3" : format.startsWith("x-") ? format.substring(2) : format);
            }
            case DOCUMENT -> document(media, content);
        }
    }

    private static void document(Part.Media media, ArrayNode content) {
        switch (media.source()) {
            case Source.PlainText text ->
                content.addObject().put("type", "text").put("text", text.text());
            case Source.File file ->
                content.addObject().put("type", "file").putObject("file").put("file_id", file.id());
            case Source.Inline inline ->
                content.addObject()
                        .put("type", "file")
                        .putObject("file")
                        .put("filename", media.name() == null ? "document.pdf" : media.name())
                        .put("file_data", DataUrl.of(inline));
            case Source.Address address ->
                content.addObject().put("type", "text").put("text", address.url());
        }
    }

    private static String url(Source source) {
        return switch (source) {
            case Source.Inline inline -> DataUrl.of(inline);
            case Source.Address address -> address.url();
            default -> throw Refused.invalid("A file kept at another vendor cannot be shown here.");
        };
    }

    private void assistant(Turn turn) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        ArrayNode calls = Json.MAPPER.createArrayNode();
        String refusal = null;
        for (Part part : turn.parts()) {
            switch (part) {
                case Part.Text said -> text.append(said.text());
                case Part.Thinking thought -> thinking.append(thought.text());
                case Part.ToolCall call -> calls.add(call(call));
                case Part.Refusal no -> refusal = no.text();
                case Part.Media media -> {
                    if (media.source() instanceof Source.Inline inline)
                        text.append("![image](").append(DataUrl.of(inline)).append(')');
                }
                default -> {}
            }
        }
        if (text.isEmpty() && calls.isEmpty() && refusal == null) return;
        ObjectNode message = messages.addObject().put("role", "assistant");
        Json.put(message, "name", turn.name());
        if (text.isEmpty()) message.putNull("content");
        else message.put("content", text.toString());
        Json.put(message, "refusal", refusal);
        if (model.wantsItsThinking() && !thinking.isEmpty()) message.put("reasoning_content", thinking.toString());
        if (!calls.isEmpty()) message.set("tool_calls", calls);
    }

    private ObjectNode call(Part.ToolCall call) {
        ObjectNode written = Json.MAPPER.createObjectNode().put("id", call.id()).put("type", "function");
        written.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        if (call.signature() != null
                && call.signature().by() == Vendor.GEMINI
                && model.name().contains("gemini"))
            written.putObject("extra_content")
                    .putObject("google")
                    .put("thought_signature", call.signature().value());
        return written;
    }
}

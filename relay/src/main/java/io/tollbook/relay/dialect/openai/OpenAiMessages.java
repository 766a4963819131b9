package io.tollbook.relay.dialect.openai;

import static io.tollbook.relay.dialect.Json.elements;
import static io.tollbook.relay.dialect.Json.isAbsent;
import static io.tollbook.relay.dialect.Json.objectOrNull;
import static io.tollbook.relay.dialect.Json.requiredText;
import static io.tollbook.relay.dialect.Json.text;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.DataUrl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the messages of a request for chat completions into a draft. */
final class OpenAiMessages {
    private final Conversation.Draft draft;
    /** The old way of calling functions has no ids; one is made up for each, and its result takes the last. */
    private int functionCalls;

    OpenAiMessages(Conversation.Draft draft) {
        this.draft = draft;
    }

    void read(JsonNode messages) {
        int index = 0;
        for (JsonNode message : elements(messages, "messages")) {
            String path = "messages[" + index++ + "]";
            switch (requiredText(message.path("role"), path + ".role")) {
                case "system", "developer" -> draft.system.addAll(content(message.path("content"), path + ".content"));
                case "user" ->
                    draft.turns.add(new Turn(
                            Turn.Role.USER,
                            content(message.path("content"), path + ".content"),
                            text(message.path("name"), path + ".name")));
                case "assistant" ->
                    draft.turns.add(new Turn(
                            Turn.Role.ASSISTANT, assistant(message, path), text(message.path("name"), path + ".name")));
                case "tool" ->
                    result(message, requiredText(message.path("tool_call_id"), path + ".tool_call_id"), path);
                case "function" -> result(message, "function_" + functionCalls, path);
                default -> throw Refused.invalid(path + ".role must be system, developer, user, assistant or tool");
            }
        }
    }

    private void result(JsonNode message, String call, String path) {
        Part.ToolResult result = new Part.ToolResult(
                call,
                text(message.path("name"), path + ".name"),
                content(message.path("content"), path + ".content"),
                null,
                false,
                objectOrNull(message.path("cache_control"), path + ".cache_control"));
        draft.turns.add(new Turn(Turn.Role.USER, List.of(result)));
    }

    private List<Part> assistant(JsonNode message, String path) {
        List<Part> parts = new ArrayList<>(thinking(message, path));
        parts.addAll(content(message.path("content"), path + ".content"));
        String refusal = text(message.path("refusal"), path + ".refusal");
        if (refusal != null && !refusal.isEmpty()) parts.add(new Part.Refusal(refusal));
        int index = 0;
        for (JsonNode call : elements(message.path("tool_calls"), path + ".tool_calls"))
            parts.add(call(call, path + ".tool_calls[" + index++ + "]"));
        JsonNode function = objectOrNull(message.path("function_call"), path + ".function_call");
        if (function != null)
            parts.add(new Part.ToolCall(
                    "function_" + ++functionCalls,
                    requiredText(function.path("name"), path + ".function_call.name"),
                    arguments(function.path("arguments"), path + ".function_call.arguments")));
        return parts;
    }

    private static Part.ToolCall call(JsonNode call, String path) {
        JsonNode function = call.path("function");
        return new Part.ToolCall(
                requiredText(call.path("id"), path + ".id"),
                requiredText(function.path("name"), path + ".function.name"),
                arguments(function.path("arguments"), path + ".function.arguments"),
                googleSignature(call, path),
                null);
    }

    private static @Nullable Signature googleSignature(JsonNode call, String path) {
        String seal = text(
                call.path("extra_content").path("google").path("thought_signature"),
                path + ".extra_content.google.thought_signature");
        return seal == null || seal.isEmpty() ? null : new Signature(Vendor.GEMINI, seal);
    }

    private static String arguments(JsonNode arguments, String path) {
        String text = text(arguments, path);
        return text == null || text.isBlank() ? "{}" : text;
    }

    /** What the client keeps of thinking: with seals where we gave them, else the bare text. */
    private static List<Part> thinking(JsonNode message, String path) {
        List<Part> parts = new ArrayList<>();
        int index = 0;
        for (JsonNode detail : elements(message.path("reasoning_details"), path + ".reasoning_details")) {
            String at = path + ".reasoning_details[" + index++ + "]";
            String id = text(detail.path("id"), at + ".id");
            Signature seal = Signature.shownBy(Vendor.OPENAI, text(detail.path("signature"), at + ".signature"));
            switch (requiredText(detail.path("type"), at + ".type")) {
                case "reasoning.text" -> {
                    String thought = text(detail.path("text"), at + ".text");
                    parts.add(new Part.Thinking(thought == null ? "" : thought, id, seal));
                }
                case "reasoning.summary" -> {
                    String thought = text(detail.path("summary"), at + ".summary");
                    parts.add(new Part.Thinking(thought == null ? "" : thought, id, seal));
                }
                case "reasoning.encrypted" -> {
                    Signature hidden = Signature.shownBy(Vendor.OPENAI, text(detail.path("data"), at + ".data"));
                    if (hidden != null) parts.add(new Part.HiddenThinking(id, hidden));
                }
                default -> {}
            }
        }
        String bare = text(message.path("reasoning_content"), path + ".reasoning_content");
        if (bare == null) bare = text(message.path("reasoning"), path + ".reasoning");
        if (bare == null || bare.isEmpty()) return parts;
        if (parts.isEmpty()) parts.add(new Part.Thinking(bare, null, null));
        else giveText(parts, bare);
        return parts;
    }

    /** In a stream the seal comes apart from what it seals, and a client puts them together in two fields. */
    private static void giveText(List<Part> parts, String thought) {
        boolean hasText = parts.stream()
                .anyMatch(part ->
                        part instanceof Part.Thinking said && !said.text().isEmpty());
        if (hasText) return;
        for (int i = 0; i < parts.size(); i++)
            if (parts.get(i) instanceof Part.Thinking seal) {
                parts.set(i, new Part.Thinking(thought, seal.id(), seal.signature()));
                return;
            }
    }

    private static List<Part> content(JsonNode content, String path) {
        if (isAbsent(content)) return List.of();
        if (content.isString())
            return content.asString().isEmpty() ? List.of() : List.of(new Part.Text(content.asString()));
        List<Part> parts = new ArrayList<>();
        int index = 0;
        for (JsonNode part : elements(content, path)) parts.add(part(part, path + "[" + index++ + "]"));
        return parts;
    }

    private static Part part(JsonNode part, String path) {
        JsonNode cache = objectOrNull(part.path("cache_control"), path + ".cache_control");
        String type = requiredText(part.path("type"), path + ".type");
        return switch (type) {
            case "text" -> {
                String said = text(part.path("text"), path + ".text");
                yield new Part.Text(said == null ? "" : said, List.of(), null, cache);
            }
            case "refusal" -> new Part.Refusal(requiredText(part.path("refusal"), path + ".refusal"));
            case "image_url" -> {
                JsonNode picture = part.path("image_url");
                JsonNode url = picture.isString() ? picture : picture.path("url");
                yield new Part.Media(
                        Part.Media.Kind.PICTURE,
                        DataUrl.source(requiredText(url, path + ".image_url.url"), path + ".image_url.url"),
                        null,
                        text(picture.path("detail"), path + ".image_url.detail"),
                        cache);
            }
            case "video_url" ->
                new Part.Media(
                        Part.Media.Kind.FILM,
                        DataUrl.source(
                                requiredText(part.path("video_url").path("url"), path + ".video_url.url"),
                                path + ".video_url.url"),
                        null,
                        null,
                        cache);
            case "input_audio" -> {
                JsonNode audio = part.path("input_audio");
                String format = requiredText(audio.path("format"), path + ".input_audio.format");
                yield new Part.Media(
                        Part.Media.Kind.SOUND,
                        new Source.Inline(
                                "audio/" + (format.equals("mp3") ? "mpeg" : format),
                                requiredText(audio.path("data"), path + ".input_audio.data")),
                        null,
                        null,
                        cache);
            }
            case "file" -> file(part.path("file"), path + ".file", cache);
            default -> throw Refused.invalid(path + ".type " + type + " is not known");
        };
    }

    private static Part.Media file(JsonNode file, String path, @Nullable JsonNode cache) {
        String id = text(file.path("file_id"), path + ".file_id");
        Source source = id != null
                ? new Source.File(Vendor.OPENAI, id, null)
                : DataUrl.source(requiredText(file.path("file_data"), path + ".file_data"), path + ".file_data");
        return new Part.Media(
                Part.Media.Kind.DOCUMENT, source, text(file.path("filename"), path + ".filename"), null, cache);
    }
}

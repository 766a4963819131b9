package io.tollbook.relay.dialect.claude;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes turns as Claude wants them: the user first, then in turns; no empty text; the results of all calls of a message in the
 * next one, before anything else in it.
 */
final class ClaudeTurns {
    /** Where somebody said nothing and Claude wants something. */
    private static final String NOTHING = "...";

    private record Message(Turn.Role role, List<Part> parts) {}

    private final List<Message> messages = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> called = new LinkedHashSet<>();

    ClaudeTurns(Conversation conversation) {
        for (Turn turn : conversation.turns()) {
            List<Part> parts =
                    turn.parts().stream().filter(ClaudeTurns::isWritten).toList();
            if (parts.isEmpty() && turn.role() == Turn.Role.ASSISTANT) continue;
            if (messages.isEmpty() && turn.role() == Turn.Role.ASSISTANT)
                messages.add(new Message(Turn.Role.USER, new ArrayList<>()));
            if (messages.isEmpty() || messages.getLast().role != turn.role())
                messages.add(new Message(turn.role(), new ArrayList<>()));
            messages.getLast().parts.addAll(parts);
        }
        pair();
    }

    private static boolean isWritten(Part part) {
        return switch (part) {
            case Part.Text text -> !text.text().isBlank();
            case Part.Refusal refusal -> !refusal.text().isBlank();
            // Claude takes no thinking but its own, sealed.
            case Part.Thinking thinking -> isOwn(thinking.signature());
            case Part.HiddenThinking hidden -> isOwn(hidden.content());
            case Part.Foreign foreign -> foreign.vendor() == Vendor.CLAUDE;
            default -> true;
        };
    }

    private static boolean isOwn(@Nullable Signature signature) {
        return signature != null && signature.by() == Vendor.CLAUDE;
    }

    /** Every call has its result in the next message, and every result its call in the one before. */
    private void pair() {
        Set<String> open = new LinkedHashSet<>();
        for (Message message : messages) {
            if (message.role == Turn.Role.ASSISTANT) {
                open.forEach(ClaudeTurns::refuseUnanswered);
                open.clear();
                for (Part part : message.parts)
                    if (part instanceof Part.ToolCall call && !open.add(call.id()))
                        throw Refused.invalid("The tool call " + call.id() + " stands twice in one turn.");
            } else {
                for (Part part : message.parts)
                    if (part instanceof Part.ToolResult result && !open.remove(result.call()))
                        throw Refused.invalid("The tool result for " + result.call()
                                + " answers no tool call of the turn before it, or answers it again.");
                open.forEach(ClaudeTurns::refuseUnanswered);
                open.clear();
            }
        }
        open.forEach(ClaudeTurns::refuseUnanswered);
    }

    private static void refuseUnanswered(String call) {
        throw Refused.invalid("The tool call " + call + " has no result in the turn behind it.");
    }

    /** Whether the last turn of the model calls tools without having shown what it thought before. */
    boolean hasUnthoughtCalls() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            Message message = messages.get(i);
            if (message.role != Turn.Role.ASSISTANT) continue;
            Part first = message.parts.getFirst();
            return message.parts.stream().anyMatch(Part.ToolCall.class::isInstance)
                    && !(first instanceof Part.Thinking || first instanceof Part.HiddenThinking);
        }
        return false;
    }

    /** The names of tools that were called up to now. */
    Set<String> calledTools() {
        return called;
    }

    /** @param prefill whether the model takes the beginning of its answer */
    ArrayNode write(boolean prefill) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            ArrayNode content = list.addObject()
                    .put("role", message.role == Turn.Role.USER ? "user" : "assistant")
                    .putArray("content");
            for (Part part : message.parts) if (part instanceof Part.ToolResult) content.add(block(part));
            for (Part part : message.parts) if (!(part instanceof Part.ToolResult)) content.add(block(part));
            boolean isLast = i == messages.size() - 1;
            if (isLast && message.role == Turn.Role.ASSISTANT) endWithoutSpace(content);
            if (content.isEmpty()) content.add(text(NOTHING));
        }
        if (list.isEmpty() || messages.getLast().role == Turn.Role.ASSISTANT && !prefill)
            list.addObject().put("role", "user").putArray("content").add(text(NOTHING));
        return list;
    }

    private static void endWithoutSpace(ArrayNode content) {
        JsonNode last = content.path(content.size() - 1);
        if (last.path("type").asString("").equals("text"))
            ((ObjectNode) last).put("text", last.path("text").asString().stripTrailing());
    }

    private ObjectNode block(Part part) {
        return switch (part) {
            case Part.Text text -> cached(citedText(text), text.cache());
            case Part.Refusal refusal -> text(refusal.text());
            case Part.Media media -> media(media);
            case Part.Thinking thinking ->
                object("thinking")
                        .put("thinking", thinking.text())
                        .put(
                                "signature",
                                java.util.Objects.requireNonNull(thinking.signature())
                                        .value());
            case Part.HiddenThinking hidden ->
                object("redacted_thinking").put("data", hidden.content().value());
            case Part.ToolCall call -> {
                called.add(call.name());
                ObjectNode use = object("tool_use").put("id", id(call.id())).put("name", call.name());
                use.set("input", arguments(call.arguments()));
                yield cached(use, call.cache());
            }
            case Part.ToolResult result -> cached(result(result), result.cache());
            case Part.Foreign foreign -> (ObjectNode) foreign.block();
        };
    }

    private ObjectNode result(Part.ToolResult result) {
        ObjectNode block = object("tool_result").put("tool_use_id", id(result.call()));
        List<Part> written =
                result.content().stream().filter(ClaudeTurns::isWritten).toList();
        if (!written.isEmpty() || result.isError()) {
            ArrayNode content = block.putArray("content");
            for (Part part : written) content.add(block(part));
            // An error must say something.
            if (content.isEmpty()) content.add(text(NOTHING));
        }
        if (result.isError()) block.put("is_error", true);
        return block;
    }

    /** What is no JSON object cannot be shown again; its result still can. */
    static ObjectNode arguments(String text) {
        if (Json.parsedObject(text) instanceof ObjectNode object) return object;
        return JsonNodeFactory.instance.objectNode();
    }

    /** Claude allows letters, digits, _ and -; some providers number calls otherwise. */
    private String id(String id) {
        return ids.computeIfAbsent(id, given -> {
            String clean = given.replaceAll("[^A-Za-z0-9_-]", "_");
            if (clean.isEmpty()) clean = "call";
            while (ids.containsValue(clean)) clean += "_";
            return clean;
        });
    }

    private static ObjectNode citedText(Part.Text part) {
        ObjectNode block = text(part.text());
        ArrayNode citations = JsonNodeFactory.instance.arrayNode();
        for (Citation citation : part.citations())
            // One that this house wrote for another vendor's answer means nothing to Claude.
            if (citation.vendor() == Vendor.CLAUDE
                    && !citation.original()
                            .path("encrypted_index")
                            .asString("-")
                            .isEmpty()) citations.add(citation.original());
        if (!citations.isEmpty()) block.set("citations", citations);
        return block;
    }

    private static ObjectNode media(Part.Media media) {
        boolean isPicture = media.kind() == Part.Media.Kind.PICTURE;
        if (!isPicture && media.kind() != Part.Media.Kind.DOCUMENT)
            throw Refused.invalid(
                    media.kind() == Part.Media.Kind.SOUND
                            ? "The model takes no sound (input_audio)."
                            : "The model takes no film (video).");
        ObjectNode block = object(isPicture ? "image" : "document");
        ObjectNode source = block.putObject("source");
        switch (media.source()) {
            case Source.Inline inline -> {
                String type = inline.mediaType();
                if (!isPicture && !type.equals("application/pdf"))
                    throw Refused.invalid(
                            "The model reads documents that are PDF or text, and none of type " + type + ".");
                if (isPicture
                        && !Set.of("image/jpeg", "image/png", "image/gif", "image/webp")
                                .contains(type))
                    throw Refused.invalid(
                            "The model takes pictures that are JPEG, PNG, GIF or WebP, and none of type " + type + ".");
                source.put("type", "base64").put("media_type", type).put("data", inline.data());
            }
            case Source.Address address -> source.put("type", "url").put("url", address.url());
            case Source.File file -> {
                if (file.vendor() != Vendor.CLAUDE)
                    throw Refused.invalid("The file " + file.id() + " is kept by another vendor than the model's.");
                source.put("type", "file").put("file_id", file.id());
            }
            case Source.PlainText plain ->
                source.put("type", "text").put("media_type", "text/plain").put("data", plain.text());
        }
        if (!isPicture && media.name() != null) block.put("title", media.name());
        return cached(block, media.cache());
    }

    private static ObjectNode cached(ObjectNode block, @Nullable JsonNode cache) {
        if (cache != null) block.set("cache_control", cache);
        return block;
    }

    static ObjectNode text(String text) {
        return object("text").put("text", text);
    }

    private static ObjectNode object(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}

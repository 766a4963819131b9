package io.tollbook.relay.dialect.claude;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.DataUrl;
import io.tollbook.relay.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the content of a message, in a request or an answer. */
final class ClaudeBlocks {
    private final String path;
    private final List<Part> parts = new ArrayList<>();
    private @Nullable Signature ofNextCall;

    /** @param path of the content, for what is wrong with it */
    ClaudeBlocks(String path) {
        this.path = path;
    }

    List<Part> read(JsonNode content) {
        if (Json.isAbsent(content)) throw Refused.invalid(path + ": Field required");
        if (content.isString()) return List.of(new Part.Text(content.asString()));
        if (!content.isArray()) throw Refused.invalid(path + ": Input should be a string or a list of blocks");
        for (int i = 0; i < content.size(); i++) block(content.get(i), path + "." + i + ".");
        return parts;
    }

    private void block(JsonNode block, String at) {
        if (!block.isObject()) throw Refused.invalid(at.substring(0, at.length() - 1) + ": Input should be an object");
        switch (text(block.path("type"), at + "type")) {
            case "text" -> {
                String text = text(block.path("text"), at + "text");
                List<Citation> citations = citations(block.path("citations"), 0, text.length());
                parts.add(new Part.Text(text, citations, null, cache(block)));
            }
            case "thinking" -> {
                Seals.Read seal = Seals.read(Json.text(block.path("signature"), at + "signature"));
                parts.add(new Part.Thinking(
                        text(block.path("thinking"), at + "thinking"),
                        seal == null ? null : seal.label(),
                        seal == null ? null : seal.signature()));
            }
            case "redacted_thinking" -> redacted(Seals.read(text(block.path("data"), at + "data")));
            case "tool_use" -> {
                JsonNode input = object(block.path("input"), at + "input");
                parts.add(new Part.ToolCall(
                        text(block.path("id"), at + "id"),
                        text(block.path("name"), at + "name"),
                        Json.isAbsent(input) ? "{}" : input.toString(),
                        ofNextCall,
                        cache(block)));
                ofNextCall = null;
            }
            case "tool_result" -> parts.add(result(block, at));
            case "image" -> parts.add(media(Part.Media.Kind.PICTURE, block, at));
            case "document" -> document(block, at);
            case "search_result" -> parts.add(searchResult(block, at));
            default -> parts.add(new Part.Foreign(Vendor.CLAUDE, block));
        }
    }

    private void redacted(Seals.@Nullable Read seal) {
        if (seal == null) return;
        if (Seals.CALL.equals(seal.label())) {
            ofNextCall = seal.signature();
        } else if (Seals.TEXT.equals(seal.label())) {
            for (int i = parts.size() - 1; i >= 0; i--)
                if (parts.get(i) instanceof Part.Text text) {
                    parts.set(i, new Part.Text(text.text(), text.citations(), seal.signature(), text.cache()));
                    return;
                }
        } else {
            parts.add(new Part.HiddenThinking(seal.label(), seal.signature()));
        }
    }

    private static Part.ToolResult result(JsonNode block, String at) {
        JsonNode content = block.path("content");
        List<Part> parts = Json.isAbsent(content) ? List.of() : new ClaudeBlocks(at + "content").read(content);
        return new Part.ToolResult(
                text(block.path("tool_use_id"), at + "tool_use_id"),
                null,
                parts,
                null,
                Boolean.TRUE.equals(Json.flag(block.path("is_error"), at + "is_error")),
                cache(block));
    }

    private static Part.Media media(Part.Media.Kind kind, JsonNode block, String at) {
        JsonNode source = object(block.path("source"), at + "source");
        String in = at + "source.";
        Source read = switch (text(source.path("type"), in + "type")) {
            case "base64" ->
                new Source.Inline(
                        text(source.path("media_type"), in + "media_type"),
                        DataUrl.checked(text(source.path("data"), in + "data"), in + "data"));
            case "url" -> new Source.Address(text(source.path("url"), in + "url"), null);
            case "file" -> new Source.File(Vendor.CLAUDE, text(source.path("file_id"), in + "file_id"), null);
            case "text" -> new Source.PlainText(text(source.path("data"), in + "data"));
            default -> throw Refused.invalid(in + "type: Input should be 'base64', 'url', 'file' or 'text'");
        };
        return new Part.Media(kind, read, Json.text(block.path("title"), at + "title"), null, cache(block));
    }

    private void document(JsonNode block, String at) {
        JsonNode source = object(block.path("source"), at + "source");
        if (!source.path("type").asString("").equals("content")) {
            parts.add(media(Part.Media.Kind.DOCUMENT, block, at));
            return;
        }
        // A document of blocks is its text, and its pictures behind it.
        List<Part> inside = new ClaudeBlocks(at + "source.content").read(source.path("content"));
        parts.add(plain(Json.text(block.path("title"), at + "title"), joined(inside), block));
        for (Part part : inside) if (part instanceof Part.Media) parts.add(part);
    }

    private static Part.Media searchResult(JsonNode block, String at) {
        String text = joined(new ClaudeBlocks(at + "content").read(block.path("content")));
        return plain(
                Json.text(block.path("title"), at + "title"),
                text(block.path("source"), at + "source") + "\n" + text,
                block);
    }

    private static Part.Media plain(@Nullable String title, String text, JsonNode block) {
        return new Part.Media(Part.Media.Kind.DOCUMENT, new Source.PlainText(text), title, null, cache(block));
    }

    private static String joined(List<Part> parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Part.Text piece)) continue;
            if (!text.isEmpty()) text.append('\n');
            text.append(piece.text());
        }
        return text.toString();
    }

    static List<Citation> citations(JsonNode list, int from, int to) {
        if (!list.isArray()) return List.of();
        List<Citation> citations = new ArrayList<>(list.size());
        for (JsonNode one : list) citations.add(citation(one, from, to));
        return citations;
    }

    static Citation citation(JsonNode one, int from, int to) {
        String url = textIn(one, "url");
        String title = textIn(one, "title");
        return new Citation(
                url == null ? urlIn(one) : url,
                title == null ? textIn(one, "document_title") : title,
                textIn(one, "cited_text"),
                from,
                to,
                Vendor.CLAUDE,
                one);
    }

    /** A search result of the client's own may come from a page. */
    private static @Nullable String urlIn(JsonNode citation) {
        String source = textIn(citation, "source");
        return source != null && source.startsWith("http") ? source : null;
    }

    private static @Nullable String textIn(JsonNode object, String name) {
        return object.path(name).isString() ? object.path(name).asString() : null;
    }

    static @Nullable JsonNode cache(JsonNode block) {
        JsonNode cache = block.path("cache_control");
        return cache.isObject() ? cache : null;
    }

    /** A text that must be there, and may be empty. */
    static String text(JsonNode node, String path) {
        String text = Json.text(node, path);
        if (text == null) throw Refused.invalid(path + ": Field required");
        return text;
    }

    /** A missing node where it is not said. */
    static JsonNode object(JsonNode node, String path) {
        return Json.isAbsent(node) || node.isObject()
                ? node
                : java.util.Objects.requireNonNull(Json.objectOrNull(node, path));
    }
}

package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Vendor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A text and where it comes from. Google counts the places of its sources in bytes, everybody else in characters. */
final class GroundedText {
    /** 2,000 streams × 32 KiB = 64 MiB, twice that if they are no Latin. Sources further behind have no place. */
    private static final int CHARS_MAX = 32 * 1024;

    private final StringBuilder text = new StringBuilder();

    void add(String more) {
        if (text.length() + more.length() <= CHARS_MAX) text.append(more);
    }

    static boolean hasSources(JsonNode candidate) {
        return candidate.path("groundingMetadata").path("groundingChunks").isArray()
                || candidate.path("citationMetadata").isObject();
    }

    /** What pieces of a candidate name as sources, each once. */
    List<Citation> citations(List<JsonNode> pieces) {
        if (pieces.isEmpty()) return List.of();
        int[] characters = charactersByByte();
        List<Citation> citations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode piece : pieces) {
            JsonNode grounding = piece.path("groundingMetadata");
            JsonNode chunks = grounding.path("groundingChunks");
            Set<Integer> placed = new HashSet<>();
            for (JsonNode support : grounding.path("groundingSupports")) {
                JsonNode segment = support.path("segment");
                for (JsonNode number : support.path("groundingChunkIndices")) {
                    placed.add(number.intValue(-1));
                    add(chunk(chunks.path(number.intValue(-1)), segment, characters), seen, citations);
                }
            }
            for (int i = 0; i < chunks.size(); i++)
                if (!placed.contains(i)) add(chunk(chunks.path(i), null, characters), seen, citations);
            JsonNode sources = piece.path("citationMetadata").path("citationSources");
            if (!sources.isArray()) sources = piece.path("citationMetadata").path("citations");
            for (JsonNode source : sources)
                add(citation(source.path("uri"), source.path("title"), source, source, characters), seen, citations);
        }
        return citations;
    }

    private static void add(@Nullable Citation citation, Set<String> seen, List<Citation> citations) {
        if (citation == null) return;
        if (seen.add(citation.url() + " " + citation.from() + " " + citation.to())) citations.add(citation);
    }

    private static @Nullable Citation chunk(JsonNode chunk, @Nullable JsonNode segment, int[] characters) {
        JsonNode source = chunk.path("web").isObject() ? chunk.path("web") : chunk.path("retrievedContext");
        if (source.isMissingNode()) source = chunk.path("maps");
        return citation(source.path("uri"), source.path("title"), segment, chunk, characters);
    }

    private static @Nullable Citation citation(
            JsonNode uri, JsonNode title, @Nullable JsonNode segment, JsonNode original, int[] characters) {
        if (!uri.isString() && !title.isString()) return null;
        int from = -1;
        int to = -1;
        if (segment != null && segment.path("endIndex").isInt()) {
            from = at(characters, segment.path("startIndex").intValue(0));
            to = at(characters, segment.path("endIndex").intValue());
        }
        boolean isPlace = from >= 0 && to > from;
        return new Citation(
                uri.stringValue(null),
                title.stringValue(null),
                segment == null ? null : segment.path("text").stringValue(null),
                isPlace ? from : -1,
                isPlace ? to : -1,
                Vendor.GEMINI,
                original);
    }

    private static int at(int[] places, int position) {
        return position < 0 || position >= places.length ? -1 : places[position];
    }

    /** For each byte of the text, and for its end, how many characters stand before it. */
    private int[] charactersByByte() {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        int[] characters = new int[bytes.length + 1];
        int count = 0;
        for (int i = 0; i < bytes.length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) count++;
            characters[i + 1] = count;
        }
        for (int i = 0; i < bytes.length; i++) if ((bytes[i] & 0xC0) != 0x80) characters[i] = characters[i + 1] - 1;
        return characters;
    }

    /** The other way round, for Google's clients; null for no citations. */
    @Nullable
    ObjectNode grounding(List<Citation> citations) {
        ObjectNode grounding = JsonMapper.shared().createObjectNode();
        ArrayNode chunks = grounding.putArray("groundingChunks");
        ArrayNode supports = JsonMapper.shared().createArrayNode();
        Map<String, Integer> numbers = new HashMap<>();
        for (Citation citation : citations) {
            if (citation.url() == null) continue;
            int number = numbers.computeIfAbsent(citation.url(), url -> {
                ObjectNode web = chunks.addObject().putObject("web").put("uri", url);
                if (citation.title() != null) web.put("title", citation.title());
                return chunks.size() - 1;
            });
            int characters = text.codePointCount(0, text.length());
            if (citation.from() < 0 || citation.to() > characters || citation.from() >= citation.to()) continue;
            int from = text.offsetByCodePoints(0, citation.from());
            int to = text.offsetByCodePoints(0, citation.to());
            ObjectNode support = supports.addObject();
            support.putObject("segment")
                    .put("startIndex", bytes(0, from))
                    .put("endIndex", bytes(0, to))
                    .put("text", text.substring(from, to));
            support.putArray("groundingChunkIndices").add(number);
        }
        if (chunks.isEmpty()) return null;
        if (!supports.isEmpty()) grounding.set("groundingSupports", supports);
        return grounding;
    }

    private int bytes(int from, int to) {
        return text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
    }
}

package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.TokenWeights;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers countTokens: what the prompt's words weigh, and what Google documents for media. No provider is asked, so nothing
 * is held and nothing charged.
 */
public final class GeminiTokens {
    private static final int PER_PICTURE = 258;
    private static final int PER_SOUND = 256;
    private static final int PER_FILM = 8_192;
    private static final int PER_FILE = 4_096;

    private final TokenWeights.Count words = TokenWeights.GEMINI.count();
    private long media;

    private GeminiTokens() {}

    /** @throws Refused INVALID for what is no such question */
    public static byte[] answer(byte[] body) {
        Field root = Field.root(Json.object(body));
        Field whole = root.get("generateContentRequest");
        Field asked = whole.isThere() ? whole.object() : root;
        GeminiTokens tokens = new GeminiTokens();
        Field contents = asked.get("contents");
        if (!contents.isThere()) throw contents.invalid("is required");
        tokens.add(contents.value());
        tokens.add(asked.get("systemInstruction").value());
        tokens.add(asked.get("tools").value());
        long total = tokens.words.tokens() + tokens.media;
        ObjectNode answer = Json.MAPPER.createObjectNode().put("totalTokens", total);
        answer.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", total);
        return Json.MAPPER.writeValueAsBytes(answer);
    }

    /** Names of fields weigh nothing but where a function has them. */
    private void add(JsonNode node) {
        if (node.isArray()) {
            node.forEach(this::add);
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                switch (Field.camel(field.getKey())) {
                    case "inlineData", "fileData" -> media += medium(field.getValue());
                    case "args", "response", "parameters", "parametersJsonSchema" ->
                        words.add(field.getValue().toString());
                    case "role", "thoughtSignature", "id" -> {
                        // Nothing the model reads as words.
                    }
                    default -> add(field.getValue());
                }
            }
        } else if (node.isString()) {
            words.add(node.stringValue());
        }
    }

    private static int medium(JsonNode medium) {
        return switch (GeminiMedia.kind(Field.of(medium, "mimeType").asString(""))) {
            case PICTURE -> PER_PICTURE;
            case SOUND -> PER_SOUND;
            case FILM -> PER_FILM;
            case DOCUMENT -> PER_FILE;
        };
    }
}

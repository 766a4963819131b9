package io.tollbook.relay.dialect.gemini;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How likely each token was, as Google and as OpenAI write it. */
final class GeminiLogprobs {
    private GeminiLogprobs() {}

    static ObjectNode toOpenAi(JsonNode result) {
        ObjectNode logprobs = JsonMapper.shared().createObjectNode();
        ArrayNode content = logprobs.putArray("content");
        JsonNode chosen = result.path("chosenCandidates");
        for (int i = 0; i < chosen.size(); i++) {
            ObjectNode token = token(chosen.path(i));
            ArrayNode top = token.putArray("top_logprobs");
            for (JsonNode other : result.path("topCandidates").path(i).path("candidates")) top.add(token(other));
            content.add(token);
        }
        return logprobs;
    }

    private static ObjectNode token(JsonNode candidate) {
        String text = candidate.path("token").stringValue("");
        ObjectNode token = JsonMapper.shared().createObjectNode().put("token", text);
        token.set("logprob", candidate.path("logProbability"));
        ArrayNode bytes = token.putArray("bytes");
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) bytes.add(one & 0xFF);
        return token;
    }

    static ObjectNode fromOpenAi(JsonNode logprobs) {
        ObjectNode result = JsonMapper.shared().createObjectNode();
        ArrayNode top = JsonMapper.shared().createArrayNode();
        ArrayNode chosen = result.putArray("chosenCandidates");
        boolean hasTop = false;
        for (JsonNode token : logprobs.path("content")) {
            chosen.add(candidate(token));
            ArrayNode candidates = top.addObject().putArray("candidates");
            for (JsonNode other : token.path("top_logprobs")) {
                hasTop = true;
                candidates.add(candidate(other));
            }
        }
        if (hasTop) result.set("topCandidates", top);
        return result;
    }

    private static ObjectNode candidate(JsonNode token) {
        ObjectNode candidate = JsonMapper.shared()
                .createObjectNode()
                .put("token", token.path("token").stringValue(""));
        candidate.set("logProbability", token.path("logprob"));
        return candidate;
    }
}

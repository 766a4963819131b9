package io.tollbook.relay;

import static io.tollbook.relay.Mistake.unless;

import io.tollbook.bench.upstream.gemini.BadRequest;
import io.tollbook.bench.upstream.gemini.RequestRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A model of Google's third generation, which seals the first call of a turn and wants to see the seal again. */
final class StrictGemini extends StrictVendor {
    /** With letters that are others in the alphabet of addresses. */
    static final String SEAL = Base64.getEncoder().encodeToString("seal-1?>?>>>".getBytes(StandardCharsets.US_ASCII));

    private static final Pattern LINE =
            Pattern.compile("POST /v1beta/models/([^/:]+):(generateContent|streamGenerateContent\\?alt=sse) .*");

    private static Matcher line(String head) {
        Matcher line = LINE.matcher(head.lines().findFirst().orElse(""));
        unless(line.matches(), "no such path");
        return line;
    }

    @Override
    Model.Asked understood(String head, JsonNode request) {
        try {
            RequestRules.check(line(head).group(1), request);
        } catch (BadRequest bad) {
            throw new Mistake(bad.getMessage());
        }
        Model.Asked asked = new Model.Asked();
        for (JsonNode part : request.path("systemInstruction").path("parts"))
            asked.system += part.path("text").asString();
        JsonNode config = request.path("generationConfig");
        asked.thinks = config.path("thinkingConfig").path("includeThoughts").asBoolean(false);
        asked.mustCall = request.path("toolConfig")
                .path("functionCallingConfig")
                .path("mode")
                .asString("")
                .equals("ANY");
        if (config.has("temperature"))
            asked.temperature = config.path("temperature").asDouble();
        asked.limit = config.path("maxOutputTokens").asLong(0);
        for (JsonNode stop : config.path("stopSequences")) asked.stops.add(stop.asString());
        JsonNode schema = either(config, "responseSchema", "responseJsonSchema");
        if (!schema.isMissingNode()) asked.form = Model.form(schema);
        for (JsonNode tool : request.path("tools"))
            for (JsonNode function : tool.path("functionDeclarations"))
                asked.tools.put(
                        function.path("name").asString(),
                        function.path("description").asString("")
                                + Model.form(either(function, "parameters", "parametersJsonSchema")));
        for (JsonNode content : request.path("contents")) content(content, asked);
        return asked;
    }

    private static JsonNode either(JsonNode node, String one, String other) {
        return node.has(one) ? node.path(one) : node.path(other);
    }

    private static void content(JsonNode content, Model.Asked asked) {
        boolean user = content.path("role").asString().equals("user");
        boolean isWords = user && content.path("parts").toString().contains("\"text\"");
        if (isWords) asked.results.clear();
        for (JsonNode part : content.path("parts")) {
            if (user && part.has("text")) asked.user = part.path("text").asString();
            if (part.has("inlineData")) {
                if (asked.results.isEmpty())
                    asked.pictures.add(part.path("inlineData").path("data").asString());
                else asked.shown++;
            }
            String id =
                    either(part, "functionCall", "functionResponse").path("id").asString("");
            if (part.has("functionCall")) asked.results.put(id, null);
            if (part.has("functionResponse"))
                asked.results.put(id, result(part.path("functionResponse").path("response")));
            String seal = part.path("thoughtSignature").asString("");
            // Google's clients write it in the other alphabet.
            seal = seal.replace('-', '+').replace('_', '/');
            if (seal.equals(SEAL)) asked.thoughts.add(seal);
        }
    }

    /** The one text in it, whatever its field is called. */
    private static String result(JsonNode response) {
        Set<String> fields = Set.copyOf(response.propertyNames());
        return fields.size() == 1 ? response.path(fields.iterator().next()).asString() : response.toString();
    }

    @Override
    boolean isStream(String head, JsonNode request) {
        return line(head).group(2).startsWith("stream");
    }

    @Override
    String whole(JsonNode request, Model.Said said) {
        return answer(parts(said, false), said, true).toString();
    }

    @Override
    String[] stream(JsonNode request, Model.Said said) {
        List<String> events = new ArrayList<>();
        ArrayNode parts = parts(said, true);
        for (int i = 0; i < parts.size(); i++) {
            ArrayNode one = JSON.createArrayNode().add(parts.get(i));
            events.add("data: " + answer(one, said, i == parts.size() - 1) + "\r\n\r\n");
        }
        return events.toArray(String[]::new);
    }

    private static ArrayNode parts(Model.Said said, boolean inPieces) {
        ArrayNode parts = JSON.createArrayNode();
        if (!said.thought().isEmpty())
            parts.addObject().put("text", said.thought()).put("thought", true);
        for (String piece : inPieces ? Model.pieces(said.text()) : List.of(said.text()))
            parts.addObject().put("text", piece);
        boolean sealed = false;
        for (Model.Call call : said.calls()) {
            ObjectNode part = parts.addObject();
            part.putObject("functionCall")
                    .put("id", call.id())
                    .put("name", call.name())
                    .set("args", JSON.readTree(call.arguments()));
            if (!sealed) part.put("thoughtSignature", SEAL);
            sealed = true;
        }
        return parts;
    }

    private static ObjectNode answer(ArrayNode parts, Model.Said said, boolean last) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode candidate = root.putArray("candidates").addObject();
        candidate.putObject("content").put("role", "model").set("parts", parts);
        if (last) candidate.put("finishReason", said.cut() ? "MAX_TOKENS" : "STOP");
        candidate.put("index", 0);
        root.putObject("usageMetadata")
                .put("promptTokenCount", Model.INPUT)
                .put("cachedContentTokenCount", Model.CACHED)
                .put("candidatesTokenCount", Model.OUTPUT - Model.REASONING)
                .put("thoughtsTokenCount", Model.REASONING)
                .put("totalTokenCount", Model.INPUT + Model.OUTPUT);
        return root.put("modelVersion", "gemini").put("responseId", "strict");
    }

    @Override
    String refusal(String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("code", 400).put("message", message).put("status", "INVALID_ARGUMENT");
        return root.toString();
    }
}

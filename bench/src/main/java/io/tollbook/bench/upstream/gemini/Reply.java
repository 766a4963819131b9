package io.tollbook.bench.upstream.gemini;

import io.tollbook.bench.vendor.OpenAiDouble;
import io.tollbook.bench.vendor.Said;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the model makes of a request: it calls the functions it is offered, and otherwise repeats what it was told. */
final class Reply {
    /** One transparent dot. */
    static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private static final AtomicLong CALLS = new AtomicLong();

    private final String model;
    private final JsonNode body;
    private final JsonNode config;
    private final @Nullable Said said;
    private final ArrayNode parts = JsonMapper.shared().createArrayNode();

    /** @param said what it says instead; null where nobody wrote that */
    Reply(String model, JsonNode body, @Nullable Said said) {
        this.model = model;
        this.body = body;
        this.said = said;
        config = body.path("generationConfig");
    }

    /** The last words of the user. */
    static String words(JsonNode body) {
        StringBuilder words = new StringBuilder();
        JsonNode contents = body.path("contents");
        for (JsonNode part : contents.path(contents.size() - 1).path("parts"))
            words.append(part.path("text").stringValue(""));
        return words.toString();
    }

    ArrayNode parts() {
        if (said != null) return written(said);
        if (thinks())
            parts.addObject().put("text", "Let me think about Zürich.").put("thought", true);
        JsonNode contents = body.path("contents");
        StringBuilder results = new StringBuilder();
        for (JsonNode content : List.of(contents.path(contents.size() - 2), contents.path(contents.size() - 1)))
            for (JsonNode part : content.path("parts"))
                if (part.has("functionResponse"))
                    results.append(part.path("functionResponse").path("response"));
        boolean mayCall = !body.path("toolConfig")
                .path("functionCallingConfig")
                .path("mode")
                .asString("")
                .equals("NONE");
        if (!results.isEmpty()) text("Results: " + results);
        else if (mayCall && hasFunctions()) calls();
        else if (config.path("responseMimeType").asString("").equals("application/json")) text(json().toString());
        else if (config.path("responseModalities").toString().contains("IMAGE")) picture();
        else text("You said: " + words(body));
        return parts;
    }

    private ArrayNode written(Said said) {
        if (thinks() && said.thinking() != null)
            parts.addObject().put("text", said.thinking()).put("thought", true);
        if (!said.text().isEmpty() || said.calls().isEmpty()) text(said.text());
        boolean first = true;
        for (OpenAiDouble.Call call : said.calls()) {
            ObjectNode part = call(call.name(), JsonMapper.shared().readTree(call.arguments()));
            // Only the first of several is sealed.
            if (first && model.startsWith("gemini-3")) part.put("thoughtSignature", ContentRules.seal(CALLS.get()));
            first = false;
        }
        return parts;
    }

    private ObjectNode call(String name, JsonNode arguments) {
        ObjectNode part = parts.addObject();
        ObjectNode call = part.putObject("functionCall");
        long number = CALLS.incrementAndGet();
        if (model.startsWith("gemini-3")) call.put("id", "fc-" + number);
        call.put("name", name).set("args", arguments);
        return part;
    }

    boolean thinks() {
        return config.path("thinkingConfig").path("includeThoughts").booleanValue(false);
    }

    private void text(String text) {
        // A stream brings it in pieces.
        int half = text.length() / 2;
        while (half > 0 && Character.isLowSurrogate(text.charAt(half))) half--;
        if (half > 0) parts.addObject().put("text", text.substring(0, half));
        ObjectNode last = parts.addObject().put("text", text.substring(half));
        if (model.startsWith("gemini-3")) last.put("thoughtSignature", ContentRules.seal(CALLS.incrementAndGet()));
    }

    private void picture() {
        text("Here it is:");
        parts.addObject().putObject("inlineData").put("mimeType", "image/png").put("data", PICTURE);
    }

    private boolean hasFunctions() {
        for (JsonNode tool : body.path("tools")) if (tool.has("functionDeclarations")) return true;
        return false;
    }

    /** All that are offered if it is asked for both, else the first. */
    private void calls() {
        boolean all = words(body).contains("both");
        for (JsonNode tool : body.path("tools")) {
            for (JsonNode function : tool.path("functionDeclarations")) {
                JsonNode schema = function.path("parameters");
                ObjectNode part = call(
                        function.path("name").asString(),
                        sample(schema.isMissingNode() ? function.path("parametersJsonSchema") : schema));
                if (parts.size() == (thinks() ? 2 : 1) && model.startsWith("gemini-3"))
                    part.put("thoughtSignature", ContentRules.seal(CALLS.get()));
                if (!all) return;
            }
        }
    }

    private JsonNode json() {
        JsonNode schema = config.path("responseSchema");
        if (schema.isMissingNode()) schema = config.path("responseJsonSchema");
        return schema.isMissingNode() ? JsonMapper.shared().createObjectNode().put("ok", true) : sample(schema);
    }

    private static JsonNode sample(JsonNode schema) {
        return switch (schema.path("type").stringValue("OBJECT").toUpperCase(Locale.ROOT)) {
            case "STRING" ->
                JsonMapper.shared()
                        .getNodeFactory()
                        .stringNode(schema.path("enum").path(0).asString("Zürich"));
            case "INTEGER", "NUMBER" -> JsonMapper.shared().getNodeFactory().numberNode(7);
            case "BOOLEAN" -> JsonMapper.shared().getNodeFactory().booleanNode(true);
            case "ARRAY" -> JsonMapper.shared().createArrayNode().add(sample(schema.path("items")));
            default -> {
                ObjectNode object = JsonMapper.shared().createObjectNode();
                schema.path("properties")
                        .properties()
                        .forEach(property -> object.set(property.getKey(), sample(property.getValue())));
                yield object;
            }
        };
    }
}

package io.tollbook.relay.dialect.gemini;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads all of a generateContent request. */
final class GeminiRequestReader {
    private final Conversation.Draft draft = new Conversation.Draft();

    private GeminiRequestReader() {}

    /** @throws Refused INVALID, naming the field */
    static Conversation read(byte[] body, boolean stream) {
        return read(Json.object(body), stream);
    }

    static Conversation read(JsonNode body, boolean stream) {
        GeminiRequestReader reader = new GeminiRequestReader();
        Field root = Field.root(body);
        reader.draft.stream = stream;
        reader.system(root.get("systemInstruction"));
        reader.draft.turns.addAll(ContentsReader.read(root.get("contents")));
        for (Field tool : root.get("tools").list()) reader.tool(tool);
        Field config = root.get("generationConfig");
        if (config.isThere()) reader.config(config.object());
        Field calling = root.get("toolConfig").get("functionCallingConfig");
        if (calling.isThere()) reader.toolChoice(calling.object());
        String tier = root.get("serviceTier").text();
        if (tier != null) reader.draft.serviceTier = tier.toLowerCase(Locale.ROOT);
        Field labels = root.get("labels");
        for (Map.Entry<String, JsonNode> label : labels.value().properties())
            reader.draft.metadata.put(label.getKey(), label.getValue().asString(""));
        return reader.draft.done(Vendor.GEMINI);
    }

    private void system(Field content) {
        if (!content.isThere()) return;
        if (content.value().isString()) {
            draft.system.add(new Part.Text(content.value().stringValue()));
            return;
        }
        Field parts = content.object().get("parts");
        List<Field> list = parts.value().isObject() ? List.of(parts) : parts.list();
        for (Field part : list) {
            String text = part.object().get("text").text();
            if (text == null) throw part.invalid("must be text, as all of a systemInstruction");
            if (!text.isEmpty()) draft.system.add(new Part.Text(text));
        }
    }

    private void tool(Field tool) {
        for (Map.Entry<String, JsonNode> field : tool.object().value().properties()) {
            if (field.getValue().isNull()) continue;
            switch (Field.camel(field.getKey())) {
                case "functionDeclarations" -> {
                    for (Field function : tool.get("functionDeclarations").list()) function(function.object());
                }
                case "googleSearch", "googleSearchRetrieval" ->
                    draft.tools.add(new Tool.WebSearch(
                            null,
                            null,
                            List.of(),
                            tool.get("googleSearch").get("excludeDomains").texts(),
                            null));
                default ->
                    draft.tools.add(new Tool.Foreign(Vendor.GEMINI, Field.camel(field.getKey()), field.getValue()));
            }
        }
    }

    private void function(Field function) {
        JsonNode schema = function.get("parametersJsonSchema").value();
        if (schema.isMissingNode()) {
            JsonNode own = function.get("parameters").value();
            schema = own.isObject() ? GeminiSchema.standard(own) : own;
        }
        draft.tools.add(new Tool.Function(
                function.get("name").required(),
                function.get("description").text(),
                schema.isMissingNode() ? null : schema,
                null,
                null));
    }

    private void toolChoice(Field calling) {
        Field mode = calling.get("mode");
        ToolChoice.Mode chosen = switch (mode.text("AUTO").toUpperCase(Locale.ROOT)) {
            case "AUTO", "VALIDATED", "MODE_UNSPECIFIED" -> ToolChoice.Mode.AUTO;
            case "ANY" -> ToolChoice.Mode.REQUIRED;
            case "NONE" -> ToolChoice.Mode.NONE;
            default -> throw mode.invalid("must be AUTO, ANY, NONE or VALIDATED");
        };
        draft.toolChoice =
                new ToolChoice(chosen, calling.get("allowedFunctionNames").texts());
    }

    private void config(Field config) {
        Boolean logprobs = config.get("responseLogprobs").flag();
        Integer top = config.get("logprobs").small();
        List<String> stops = config.get("stopSequences").texts();
        draft.sampling = new Sampling(
                config.get("maxOutputTokens").whole(),
                config.get("temperature").number(),
                config.get("topP").number(),
                config.get("topK").whole(),
                config.get("seed").whole(),
                stops,
                config.get("presencePenalty").number(),
                config.get("frequencyPenalty").number(),
                config.get("candidateCount").small(),
                Boolean.TRUE.equals(logprobs) ? (top == null ? 0 : top) : null);
        format(config);
        modalities(config.get("responseModalities"));
        Field thinking = config.get("thinkingConfig");
        if (thinking.isThere()) draft.reasoning = reasoning(thinking.object());
    }

    private void format(Field config) {
        Field type = config.get("responseMimeType");
        JsonNode schema = config.get("responseJsonSchema").value();
        if (schema.isMissingNode()) schema = config.get("_responseJsonSchema").value();
        if (schema.isMissingNode() && config.get("responseSchema").isThere())
            schema = GeminiSchema.standard(config.get("responseSchema").object().value());
        switch (type.text("")) {
            case "", "text/plain" -> {
                if (!schema.isMissingNode()) throw type.invalid("must be application/json where there is a schema");
            }
            case "application/json" ->
                draft.format =
                        schema.isMissingNode() ? AnswerFormat.ANY_JSON : new AnswerFormat(null, null, schema, null);
            default ->
                throw type.invalid("must be text/plain or application/json for a model that is not Google's own");
        }
    }

    /** Nobody else draws or speaks in the middle of an answer. */
    private static void modalities(Field modalities) {
        List<String> wanted = modalities.texts();
        if (wanted.isEmpty() || wanted.stream().anyMatch(one -> one.equalsIgnoreCase("TEXT"))) return;
        throw modalities.invalid("must have TEXT for a model that is not Google's own");
    }

    private static Reasoning reasoning(Field thinking) {
        Field level = thinking.get("thinkingLevel");
        String said = level.text();
        if (said != null && said.equalsIgnoreCase("THINKING_LEVEL_UNSPECIFIED")) said = null;
        @Nullable Boolean shown = thinking.get("includeThoughts").flag();
        String effort = said == null ? null : said.toLowerCase(Locale.ROOT);
        return new Reasoning(effort, thinking.get("thinkingBudget").whole(), shown, null);
    }
}

package io.tollbook.bench.upstream.gemini;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which requests Google takes. Unknown fields, unclean schemas and settings a model does not have are refused. */
public final class RequestRules {
    private static final Pattern FUNCTION = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.:-]{0,127}");
    private static final Set<String> HARMS = Set.of(
            "HARM_CATEGORY_HARASSMENT",
            "HARM_CATEGORY_HATE_SPEECH",
            "HARM_CATEGORY_SEXUALLY_EXPLICIT",
            "HARM_CATEGORY_DANGEROUS_CONTENT",
            "HARM_CATEGORY_CIVIC_INTEGRITY");
    private static final Set<String> CONFIG = Set.of(
            "temperature",
            "topP",
            "topK",
            "maxOutputTokens",
            "candidateCount",
            "stopSequences",
            "presencePenalty",
            "frequencyPenalty",
            "seed",
            "responseLogprobs",
            "logprobs",
            "responseMimeType",
            "responseSchema",
            "responseJsonSchema",
            "responseModalities",
            "thinkingConfig",
            "mediaResolution",
            "speechConfig",
            "imageConfig");

    private final String model;

    private RequestRules(String model) {
        this.model = model;
    }

    /** @throws BadRequest for what Google would refuse */
    public static void check(String model, JsonNode body) {
        RequestRules rules = new RequestRules(model);
        known(
                body,
                Set.of(
                        "contents",
                        "systemInstruction",
                        "tools",
                        "toolConfig",
                        "generationConfig",
                        "safetySettings",
                        "serviceTier"),
                "request");
        if (body.has("systemInstruction")) ContentRules.system(body.path("systemInstruction"));
        new ContentRules(model).check(body.path("contents"));
        rules.tools(body);
        if (body.has("generationConfig")) rules.config(body.path("generationConfig"));
        for (JsonNode setting : body.path("safetySettings")) {
            known(setting, Set.of("category", "threshold"), "safetySettings");
            oneOf(setting.path("category"), HARMS, "safetySettings.category");
            oneOf(
                    setting.path("threshold"),
                    Set.of("OFF", "BLOCK_NONE", "BLOCK_ONLY_HIGH", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_LOW_AND_ABOVE"),
                    "safetySettings.threshold");
        }
    }

    static void known(JsonNode object, Set<String> fields, String path) {
        if (!object.isObject()) throw new BadRequest(path + " must be an object");
        for (Map.Entry<String, JsonNode> field : object.properties())
            if (!fields.contains(field.getKey()))
                throw new BadRequest("Invalid JSON payload received. Unknown name \"" + field.getKey() + "\" at '"
                        + path + "': Cannot find field.");
    }

    static void oneOf(JsonNode value, Set<String> words, String path) {
        if (!words.contains(value.stringValue(""))) throw new BadRequest("Invalid value at '" + path + "'");
    }

    private void tools(JsonNode body) {
        boolean functions = false;
        boolean builtIn = false;
        for (JsonNode tool : body.path("tools")) {
            known(tool, Set.of("functionDeclarations", "googleSearch", "codeExecution", "urlContext"), "tools");
            if (tool.isEmpty()) throw new BadRequest("tools: one of the fields is required");
            builtIn |= tool.has("googleSearch") || tool.has("codeExecution") || tool.has("urlContext");
            if (!tool.has("functionDeclarations")) continue;
            functions = true;
            if (tool.path("functionDeclarations").isEmpty()) throw new BadRequest("tools.functionDeclarations: empty");
            for (JsonNode function : tool.path("functionDeclarations")) function(function);
        }
        if (functions && builtIn && !isThree())
            throw new BadRequest("Built-in tools and Function Calling cannot be combined in the same request.");
        if (!body.has("toolConfig")) return;
        JsonNode calling = body.path("toolConfig").path("functionCallingConfig");
        known(body.path("toolConfig"), Set.of("functionCallingConfig"), "toolConfig");
        known(calling, Set.of("mode", "allowedFunctionNames"), "toolConfig.functionCallingConfig");
        oneOf(calling.path("mode"), Set.of("AUTO", "ANY", "NONE", "VALIDATED"), "functionCallingConfig.mode");
        if (!functions) throw new BadRequest("Function calling config is set without function_declarations.");
        if (calling.has("allowedFunctionNames")
                && !Set.of("ANY", "VALIDATED").contains(calling.path("mode").asString()))
            throw new BadRequest("allowed_function_names should only be set when the mode is ANY or VALIDATED.");
    }

    private void function(JsonNode function) {
        known(function, Set.of("name", "description", "parameters", "parametersJsonSchema"), "functionDeclarations");
        if (!FUNCTION.matcher(function.path("name").stringValue("")).matches())
            throw new BadRequest("functionDeclarations.name: Invalid function name.");
        if (function.has("parameters") && function.has("parametersJsonSchema"))
            throw new BadRequest("functionDeclarations: parameters and parameters_json_schema exclude each other");
        if (function.has("parametersJsonSchema") && isOld())
            throw new BadRequest("parametersJsonSchema: not supported");
        if (function.has("parameters")) {
            SchemaRules.check(function.path("parameters"), "functionDeclarations.parameters");
            if (!function.path("parameters").path("type").stringValue("").equals("OBJECT"))
                throw new BadRequest("functionDeclarations.parameters.type: must be OBJECT");
        }
    }

    private boolean isThree() {
        return model.startsWith("gemini-3");
    }

    private boolean isOld() {
        return model.startsWith("gemini-1") || model.startsWith("gemini-2.0");
    }

    private void config(JsonNode config) {
        known(config, CONFIG, "generationConfig");
        range(config, "temperature", 0, 2);
        range(config, "topP", 0, 1);
        range(config, "candidateCount", 1, 8);
        range(config, "maxOutputTokens", 1, 1_000_000);
        range(config, "seed", Integer.MIN_VALUE, Integer.MAX_VALUE);
        range(config, "logprobs", 1, 20);
        if (config.path("stopSequences").size() > 5) throw new BadRequest("stopSequences: at most 5");
        if (config.has("logprobs") && !config.path("responseLogprobs").booleanValue(false))
            throw new BadRequest("logprobs: only with responseLogprobs");
        boolean json = config.path("responseMimeType").stringValue("").equals("application/json");
        if ((config.has("responseSchema") || config.has("responseJsonSchema")) && !json)
            throw new BadRequest("responseSchema: only with a responseMimeType of application/json");
        if (config.has("responseSchema")) SchemaRules.check(config.path("responseSchema"), "responseSchema");
        if (config.has("thinkingConfig")) thinking(config.path("thinkingConfig"));
    }

    private void thinking(JsonNode thinking) {
        known(thinking, Set.of("includeThoughts", "thinkingBudget", "thinkingLevel"), "thinkingConfig");
        if (isOld()) throw new BadRequest("Thinking is not supported by this model.");
        if (thinking.has("thinkingBudget") && thinking.has("thinkingLevel"))
            throw new BadRequest("You can only set only one of thinking budget and thinking level.");
        if (thinking.has("thinkingLevel")) {
            if (!isThree()) throw new BadRequest("Thinking level is not supported for this model.");
            boolean pro = model.contains("pro");
            oneOf(
                    thinking.path("thinkingLevel"),
                    !pro
                            ? Set.of("MINIMAL", "LOW", "MEDIUM", "HIGH")
                            : model.startsWith("gemini-3-") ? Set.of("LOW", "HIGH") : Set.of("LOW", "MEDIUM", "HIGH"),
                    "thinkingConfig.thinkingLevel");
        }
        if (!thinking.has("thinkingBudget")) return;
        long budget = thinking.path("thinkingBudget").longValue(-2);
        boolean pro = model.contains("2.5-pro");
        boolean lite = model.contains("flash-lite");
        boolean inside = budget == -1
                || (pro ? budget >= 128 && budget <= 32_768 : budget >= 0 && budget <= 24_576)
                        && (!lite || budget == 0 || budget >= 512);
        if (!inside) throw new BadRequest("The thinking budget " + budget + " is invalid.");
    }

    private static void range(JsonNode config, String field, double least, double most) {
        if (!config.has(field)) return;
        JsonNode value = config.path(field);
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most)
            throw new BadRequest("Invalid value at 'generation_config." + field + "': " + value);
    }
}

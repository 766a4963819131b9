package io.tollbook.relay;

import static io.tollbook.relay.Mistake.unless;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Responses as the vendor speaks them: what it would refuse is refused, and streams come in its order. */
final class StrictResponses extends StrictVendor {
    /** What it seals its thinking with. */
    static final String SEAL = "c2VhbCBvZiB0aGlzIHRob3VnaHQ=";

    private static final Set<String> FIELDS = Set.of(
            "model",
            "input",
            "instructions",
            "stream",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "text",
            "reasoning",
            "include",
            "max_output_tokens",
            "temperature",
            "top_p",
            "top_logprobs",
            "metadata",
            "store",
            "user",
            "safety_identifier",
            "service_tier",
            "prompt_cache_key",
            "truncation",
            "max_tool_calls",
            "previous_response_id");
    private static final Set<String> INCLUDABLE =
            Set.of("reasoning.encrypted_content", "message.output_text.logprobs", "web_search_call.action.sources");
    private static final Map<Boolean, Set<String>> CONTENT = Map.of(
            true, Set.of("input_text", "input_image", "input_file", "input_audio"),
            false, Set.of("output_text", "refusal"));

    private final AtomicInteger ids = new AtomicInteger();

    @Override
    boolean isStream(String head, JsonNode request) {
        return request.path("stream").asBoolean(false);
    }

    @Override
    String refusal(String message) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error")
                .put("message", message)
                .put("type", "invalid_request_error")
                .putNull("param")
                .putNull("code");
        return error.toString();
    }

    @Override
    String whole(JsonNode request, Model.Said said) {
        return answered(request, said).toString();
    }

    @Override
    String[] stream(JsonNode request, Model.Said said) {
        return new ResponseStream(answered(request, said), response(request, "in_progress", JSON.createArrayNode()))
                .events();
    }

    private ObjectNode answered(JsonNode request, Model.Said said) {
        boolean sealed = request.path("include").toString().contains("reasoning.encrypted_content");
        ObjectNode response = response(request, said.cut() ? "incomplete" : "completed", output(said, sealed));
        if (said.cut()) response.putObject("incomplete_details").put("reason", "max_output_tokens");
        return response;
    }

    @Override
    Model.Asked understood(String head, JsonNode request) {
        unless(head.startsWith("POST /v1/responses "), "Invalid URL");
        for (String field : request.propertyNames())
            unless(FIELDS.contains(field), "Unknown parameter: '" + field + "'.");
        unless(request.path("model").isString(), "Missing required parameter: 'model'.");
        unless(
                !request.has("max_output_tokens")
                        || request.path("max_output_tokens").asInt() >= 16,
                "Invalid 'max_output_tokens': integer below minimum value.");
        for (JsonNode one : request.path("include"))
            unless(INCLUDABLE.contains(one.asString()), "Invalid value: '" + one.asString() + "'.");
        Model.Asked asked = new Model.Asked();
        asked.thinks = request.path("reasoning").has("summary");
        asked.system = request.path("instructions").asString("");
        asked.mustCall = request.path("tool_choice").asString("").equals("required");
        if (request.has("temperature"))
            asked.temperature = request.path("temperature").asDouble();
        asked.limit = request.path("max_output_tokens").asLong(0);
        for (JsonNode tool : request.path("tools")) tool(tool, asked);
        unless(
                !request.has("tool_choice")
                        || request.path("tool_choice").isString()
                        || request.path("tool_choice").has("type"),
                "Missing required parameter: 'tool_choice.type'.");
        JsonNode format = request.path("text").path("format");
        if (format.path("type").asString("").equals("json_schema")) {
            unless(format.path("name").isString(), "Missing required parameter: 'text.format.name'.");
            unless(format.path("schema").isObject(), "Missing required parameter: 'text.format.schema'.");
            asked.form = Model.form(format.path("schema"));
        }
        if (request.path("input").isString()) asked.user = request.path("input").asString();
        else items(request.path("input"), asked);
        return asked;
    }

    private static void tool(JsonNode tool, Model.Asked asked) {
        if (!tool.path("type").asString("").equals("function")) return;
        unless(tool.path("name").isString(), "Missing required parameter: 'tools[0].name'.");
        JsonNode schema = tool.path("parameters");
        boolean strict = tool.path("strict").asBoolean(true);
        unless(
                !strict || schema.path("additionalProperties").isBoolean(),
                "Invalid schema for function: 'additionalProperties' is required to be supplied and to be false.");
        asked.tools.put(tool.path("name").asString(), tool.path("description").asString("") + Model.form(schema));
    }

    private static void items(JsonNode input, Model.Asked asked) {
        unless(input.isArray() && !input.isEmpty(), "Missing required parameter: 'input'.");
        Set<String> open = new HashSet<>();
        for (int i = 0; i < input.size(); i++) {
            JsonNode item = input.get(i);
            switch (item.path("type").asString("message")) {
                case "message" -> message(item, asked, i);
                case "function_call" -> {
                    for (String field : new String[] {"call_id", "name", "arguments"})
                        unless(
                                item.path(field).isString(),
                                "Missing required parameter: 'input[" + i + "]." + field + "'.");
                    open.add(item.path("call_id").asString());
                    asked.results.put(item.path("call_id").asString(), null);
                }
                case "function_call_output" -> {
                    String id = item.path("call_id").asString("");
                    unless(open.remove(id), "No tool call found for function call output with call_id " + id + ".");
                    unless(
                            item.path("output").isString()
                                    || item.path("output").isArray(),
                            "Missing required parameter: 'input[" + i + "].output'.");
                    asked.results.put(id, output(item.path("output"), asked));
                }
                case "reasoning" -> {
                    unless(item.path("summary").isArray(), "Missing required parameter: 'input[" + i + "].summary'.");
                    unless(
                            item.path("encrypted_content").asString("").equals(SEAL),
                            "The encrypted content could not be verified.");
                    String next = input.path(i + 1).path("type").asString("message");
                    unless(
                            i + 1 < input.size()
                                    && !next.equals("function_call_output")
                                    && !input.path(i + 1)
                                            .path("role")
                                            .asString("")
                                            .equals("user"),
                            "Item of type 'reasoning' was provided without its required following item.");
                    asked.thoughts.add(SEAL);
                }
                default ->
                    throw new Mistake("Invalid value: '" + item.path("type").asString() + "'.");
            }
        }
        for (String id : open) throw new Mistake("No tool output found for function call " + id + ".");
    }

    private static String output(JsonNode output, Model.Asked asked) {
        if (output.isString()) return output.asString();
        StringBuilder text = new StringBuilder();
        for (JsonNode part : output) {
            unless(
                    CONTENT.get(true).contains(part.path("type").asString("")),
                    "Invalid value: '" + part.path("type").asString("") + "' in the output.");
            text.append(part.path("text").asString(""));
            if (part.has("image_url")) asked.shown++;
        }
        return text.toString();
    }

    private static void message(JsonNode item, Model.Asked asked, int index) {
        boolean user = !item.path("role").asString("").equals("assistant");
        if (user) asked.results.clear();
        if (item.path("content").isString()) {
            asked.user = item.path("content").asString();
            return;
        }
        unless(item.path("content").isArray(), "Missing required parameter: 'input[" + index + "].content'.");
        for (JsonNode part : item.path("content")) {
            String type = part.path("type").asString("");
            unless(CONTENT.get(user).contains(type), "Invalid value: '" + type + "' in input[" + index + "].content.");
            if (user && type.equals("input_text"))
                asked.user = part.path("text").asString();
            if (type.equals("input_image")) {
                unless(part.path("image_url").isString(), "Invalid type for 'image_url'.");
                String url = part.path("image_url").asString();
                asked.pictures.add(url.substring(url.indexOf(',') + 1));
            }
        }
    }

    private ArrayNode output(Model.Said said, boolean sealed) {
        ArrayNode output = JSON.createArrayNode();
        if (!said.thought().isEmpty()) {
            ObjectNode item =
                    output.addObject().put("id", "rs_" + ids.incrementAndGet()).put("type", "reasoning");
            item.putArray("summary").addObject().put("type", "summary_text").put("text", said.thought());
            if (sealed) item.put("encrypted_content", SEAL);
        }
        ObjectNode message = output.addObject()
                .put("id", "msg_" + ids.incrementAndGet())
                .put("type", "message")
                .put("status", "completed");
        ObjectNode part = message.putArray("content").addObject().put("type", "output_text");
        part.putArray("annotations");
        part.putArray("logprobs");
        part.put("text", said.text());
        message.put("role", "assistant");
        for (Model.Call call : said.calls())
            output.addObject()
                    .put("id", "fc_" + ids.incrementAndGet())
                    .put("type", "function_call")
                    .put("status", "completed")
                    .put("arguments", call.arguments())
                    .put("call_id", call.id())
                    .put("name", call.name());
        return output;
    }

    private static ObjectNode response(JsonNode request, String status, ArrayNode output) {
        ObjectNode response = JSON.createObjectNode()
                .put("id", "resp_strict")
                .put("object", "response")
                .put("created_at", 1_764_300_000L)
                .put("status", status)
                .putNull("error")
                .putNull("incomplete_details");
        response.set("model", request.path("model"));
        response.set("output", output);
        response.put("parallel_tool_calls", true).put("tool_choice", "auto");
        response.putArray("tools");
        if (status.equals("in_progress")) return response.putNull("usage");
        ObjectNode usage = response.putObject("usage").put("input_tokens", Model.INPUT);
        usage.putObject("input_tokens_details")
                .put("cached_tokens", Model.CACHED)
                .put("cache_write_tokens", 0);
        usage.put("output_tokens", Model.OUTPUT)
                .putObject("output_tokens_details")
                .put("reasoning_tokens", Model.REASONING);
        usage.put("total_tokens", Model.INPUT + Model.OUTPUT);
        return response;
    }
}

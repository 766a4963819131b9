package io.tollbook.relay;

import static io.tollbook.relay.Mistake.unless;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions as OpenAI speaks them, with the thinking that its look-alikes show. */
final class StrictChat extends StrictVendor {
    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "reasoning_effort",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "n",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logprobs",
            "top_logprobs",
            "metadata",
            "store",
            "user",
            "service_tier",
            "prompt_cache_key",
            "verbosity",
            "web_search_options");

    @Override
    boolean isStream(String head, JsonNode request) {
        return request.path("stream").asBoolean(false);
    }

    @Override
    String refusal(String message) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("message", message).put("type", "invalid_request_error");
        return error.toString();
    }

    @Override
    Model.Asked understood(String head, JsonNode request) {
        unless(head.startsWith("POST /v1/chat/completions "), "Invalid URL");
        for (String field : request.propertyNames())
            unless(FIELDS.contains(field), "Unknown parameter: '" + field + "'.");
        unless(
                request.path("stream").asBoolean(false) || !request.has("stream_options"),
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        Model.Asked asked = new Model.Asked();
        asked.thinks = request.has("reasoning_effort");
        asked.mustCall = request.path("tool_choice").asString("").equals("required");
        if (request.has("temperature"))
            asked.temperature = request.path("temperature").asDouble();
        asked.limit = request.path("max_completion_tokens")
                .asLong(request.path("max_tokens").asLong(0));
        if (request.path("stop").isString())
            asked.stops.add(request.path("stop").asString());
        for (JsonNode stop : request.path("stop")) asked.stops.add(stop.asString());
        JsonNode format = request.path("response_format");
        if (format.path("type").asString("").equals("json_schema")) {
            unless(format.path("json_schema").path("name").isString(), "Missing 'response_format.json_schema.name'.");
            asked.form = Model.form(format.path("json_schema").path("schema"));
        }
        for (JsonNode tool : request.path("tools")) {
            unless(tool.path("type").asString("").equals("function"), "Invalid value for 'tools[0].type'.");
            unless(tool.path("function").path("name").isString(), "Missing required parameter: 'tools[0].function'.");
            JsonNode function = tool.path("function");
            asked.tools.put(
                    function.path("name").asString(),
                    function.path("description").asString("") + Model.form(function.path("parameters")));
        }
        Set<String> open = new HashSet<>();
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asString("");
            if (!role.equals("tool"))
                unless(open.isEmpty(), "An assistant message with 'tool_calls' must be followed by tool messages.");
            switch (role) {
                case "system", "developer" -> {
                    unless(message.path("content").isString(), "Invalid content.");
                    asked.system += message.path("content").asString();
                }
                case "user" -> user(message.path("content"), asked);
                case "assistant" -> {
                    if (message.has("reasoning_content"))
                        asked.thoughts.add(message.path("reasoning_content").asString());
                    for (JsonNode call : message.path("tool_calls")) {
                        unless(call.path("function").path("arguments").isString(), "Invalid type for 'arguments'.");
                        open.add(call.path("id").asString());
                        asked.results.put(call.path("id").asString(), null);
                    }
                }
                case "tool" -> {
                    String id = message.path("tool_call_id").asString("");
                    unless(
                            open.remove(id),
                            "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'.");
                    asked.results.put(id, message.path("content").asString());
                }
                default -> throw new Mistake("Invalid value: '" + role + "'.");
            }
        }
        unless(open.isEmpty(), "An assistant message with 'tool_calls' must be followed by tool messages.");
        return asked;
    }

    private static void user(JsonNode content, Model.Asked asked) {
        // Pictures of a tool's can only come from the user here.
        if (!content.toString().contains("image_url")) asked.results.clear();
        if (content.isString()) asked.user = content.asString();
        for (JsonNode part : content)
            switch (part.path("type").asString("")) {
                case "text" -> asked.user = part.path("text").asString();
                case "image_url" -> {
                    unless(part.path("image_url").path("url").isString(), "Invalid type for 'image_url'.");
                    String url = part.path("image_url").path("url").asString();
                    if (!asked.results.isEmpty()) asked.shown++;
                    else asked.pictures.add(url.substring(url.indexOf(',') + 1));
                }
                case "file", "input_audio" -> {}
                default -> throw new Mistake("Invalid value: '" + part.path("type") + "'.");
            }
    }

    private static ObjectNode usage() {
        ObjectNode usage =
                JSON.createObjectNode().put("prompt_tokens", Model.INPUT).put("completion_tokens", Model.OUTPUT);
        usage.put("total_tokens", Model.INPUT + Model.OUTPUT);
        usage.putObject("prompt_tokens_details").put("cached_tokens", Model.CACHED);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", Model.REASONING);
        return usage;
    }

    @Override
    String whole(JsonNode request, Model.Said said) {
        ObjectNode root = JSON.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion")
                .put("created", 1)
                .put("model", "gpt");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", said.text());
        if (!said.thought().isEmpty()) message.put("reasoning_content", said.thought());
        for (Model.Call call : said.calls())
            call(message.withArray("tool_calls").addObject(), call);
        choice.put("finish_reason", finish(said));
        root.set("usage", usage());
        return root.toString();
    }

    private static String finish(Model.Said said) {
        return said.cut() ? "length" : said.calls().isEmpty() ? "stop" : "tool_calls";
    }

    private static ObjectNode call(ObjectNode out, Model.Call call) {
        out.put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments());
        return out;
    }

    @Override
    String[] stream(JsonNode request, Model.Said said) {
        List<String> events = new ArrayList<>();
        chunk(events, delta -> delta.put("role", "assistant").put("content", ""));
        if (!said.thought().isEmpty())
            for (String piece : Model.pieces(said.thought()))
                chunk(events, delta -> delta.put("reasoning_content", piece));
        for (String piece : Model.pieces(said.text())) chunk(events, delta -> delta.put("content", piece));
        for (int i = 0; i < said.calls().size(); i++) {
            int index = i;
            Model.Call call = said.calls().get(i);
            chunk(events, delta -> {
                ObjectNode one = delta.putArray("tool_calls").addObject().put("index", index);
                call(one, new Model.Call(call.id(), call.name(), ""));
            });
            for (String piece : Model.pieces(call.arguments()))
                chunk(
                        events,
                        delta -> delta.putArray("tool_calls")
                                .addObject()
                                .put("index", index)
                                .putObject("function")
                                .put("arguments", piece));
        }
        events.add(
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\""
                        + finish(said) + "\"}]}\n\n");
        ObjectNode last = JSON.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion.chunk")
                .put("created", 1)
                .put("model", "gpt");
        last.putArray("choices");
        last.set("usage", usage());
        events.add("data: " + JSON.writeValueAsString(last) + "\n\n");
        events.add("data: [DONE]\n\n");
        return events.toArray(String[]::new);
    }

    private static void chunk(List<String> events, java.util.function.Consumer<ObjectNode> said) {
        ObjectNode root = JSON.createObjectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion.chunk")
                .put("created", 1)
                .put("model", "gpt");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        said.accept(choice.putObject("delta"));
        choice.putNull("finish_reason");
        events.add("data: " + JSON.writeValueAsString(root) + "\n\n");
    }
}

package io.tollbook.relay;

import static io.tollbook.relay.Mistake.unless;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions as OpenAI speaks them, with the thinking that its look-alikes show. */
final class StrictChat implements Provider.Script {
    private static final JsonMapper JSON = JsonMapper.shared();
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
    public void answer(Provider.Asked asked) throws IOException {
        if (!asked.head().startsWith("POST /v1/chat/completions ")) {
            asked.whole(
                    404,
                    "{\"error\":{\"message\":\"Invalid URL\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
            return;
        }
        JsonNode request = JSON.readTree(asked.body());
        try {
            Model.Said said = Model.answer(understood(request));
            if (request.path("stream").asBoolean(false)) asked.stream(stream(said));
            else asked.whole(200, JSON.writeValueAsString(whole(said)));
        } catch (Mistake mistake) {
            ObjectNode error = JSON.createObjectNode();
            error.putObject("error").put("message", mistake.getMessage()).put("type", "invalid_request_error");
            asked.whole(400, JSON.writeValueAsString(error));
        }
    }

    private static Model.Asked understood(JsonNode request) {
        for (String field : request.propertyNames())
            unless(FIELDS.contains(field), "Unknown parameter: '" + field + "'.");
        unless(
                request.path("stream").asBoolean(false) || !request.has("stream_options"),
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        Model.Asked asked = new Model.Asked();
        asked.thinks = request.has("reasoning_effort");
        asked.structured =
                request.path("response_format").path("type").asString("").equals("json_schema");
        for (JsonNode tool : request.path("tools")) {
            unless(tool.path("type").asString("").equals("function"), "Invalid value for 'tools[0].type'.");
            unless(tool.path("function").path("name").isString(), "Missing required parameter: 'tools[0].function'.");
            asked.tools.add(tool.path("function").path("name").asString());
        }
        Set<String> open = new HashSet<>();
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asString("");
            if (!role.equals("tool"))
                unless(open.isEmpty(), "An assistant message with 'tool_calls' must be followed by tool messages.");
            switch (role) {
                case "system", "developer" -> unless(message.path("content").isString(), "Invalid content.");
                case "user" -> user(message.path("content"), asked);
                case "assistant" -> {
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
        asked.results.clear();
        if (content.isString()) asked.user = content.asString();
        for (JsonNode part : content)
            switch (part.path("type").asString("")) {
                case "text" -> asked.user = part.path("text").asString();
                case "image_url" -> {
                    unless(part.path("image_url").path("url").isString(), "Invalid type for 'image_url'.");
                    asked.pictures++;
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

    private static ObjectNode whole(Model.Said said) {
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
        choice.put("finish_reason", said.calls().isEmpty() ? "stop" : "tool_calls");
        root.set("usage", usage());
        return root;
    }

    private static ObjectNode call(ObjectNode out, Model.Call call) {
        out.put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments());
        return out;
    }

    private static String[] stream(Model.Said said) {
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
        String finish = said.calls().isEmpty() ? "stop" : "tool_calls";
        events.add(
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\""
                        + finish + "\"}]}\n\n");
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

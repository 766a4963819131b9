package io.tollbook.relay;

import static io.tollbook.relay.Mistake.unless;

import io.tollbook.bench.vendor.ClaudeEvents;
import io.tollbook.bench.vendor.ClaudeRules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages as Anthropic takes them. Thinking is sealed, and only the whole of it with its own seal is taken back. */
final class StrictClaude extends StrictVendor {
    @Override
    Model.Asked understood(String head, JsonNode request) {
        unless(head.startsWith("POST /v1/messages "), "Not found");
        String fault = ClaudeRules.fault(request);
        if (fault != null) throw new Mistake(fault);
        Model.Asked asked = new Model.Asked();
        asked.system = text(request.path("system"));
        asked.thinks =
                !request.path("thinking").path("type").asString("disabled").equals("disabled");
        String choice = request.path("tool_choice").path("type").asString("");
        asked.mustCall = choice.equals("any") || choice.equals("tool");
        if (request.has("temperature"))
            asked.temperature = request.path("temperature").asDouble();
        asked.limit = request.path("max_tokens").asLong();
        for (JsonNode stop : request.path("stop_sequences")) asked.stops.add(stop.asString());
        JsonNode format = request.path("output_config").path("format");
        if (format.has("schema")) asked.form = Model.form(format.path("schema"));
        for (JsonNode tool : request.path("tools"))
            asked.tools.put(
                    tool.path("name").asString(),
                    tool.path("description").asString("") + Model.form(tool.path("input_schema")));
        for (JsonNode message : request.path("messages")) message(message, asked);
        return asked;
    }

    private static String text(JsonNode content) {
        if (content.isString()) return content.asString();
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) text.append(block.path("text").asString(""));
        return text.toString();
    }

    private static void message(JsonNode message, Model.Asked asked) {
        JsonNode content = message.path("content");
        boolean user = message.path("role").asString().equals("user");
        if (user && !content.toString().contains("\"tool_result\"")) asked.results.clear();
        if (user && !text(content).isEmpty()) asked.user = text(content);
        for (JsonNode block : content) {
            switch (block.path("type").asString()) {
                case "image" ->
                    asked.pictures.add(block.path("source").path("data").asString());
                case "thinking" -> asked.thoughts.add(block.path("signature").asString());
                case "tool_use" -> asked.results.put(block.path("id").asString(), null);
                case "tool_result" -> {
                    asked.results.put(block.path("tool_use_id").asString(), text(block.path("content")));
                    for (JsonNode inside : block.path("content"))
                        if (inside.path("type").asString("").equals("image")) asked.shown++;
                }
                default -> {}
            }
        }
    }

    @Override
    boolean isStream(String head, JsonNode request) {
        return request.path("stream").asBoolean(false);
    }

    @Override
    String whole(JsonNode request, Model.Said said) {
        return message(request, said).toString();
    }

    @Override
    String[] stream(JsonNode request, Model.Said said) {
        return ClaudeEvents.of(message(request, said)).toArray(String[]::new);
    }

    private static ObjectNode message(JsonNode request, Model.Said said) {
        ObjectNode message = JSON.createObjectNode()
                .put("id", "msg_strict")
                .put("type", "message")
                .put("role", "assistant")
                .put("model", request.path("model").asString());
        ArrayNode content = message.putArray("content");
        if (!said.thought().isEmpty())
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", said.thought())
                    .put("signature", ClaudeRules.signature(said.thought()));
        content.addObject().put("type", "text").put("text", said.text());
        for (Model.Call call : said.calls())
            content.addObject()
                    .put("type", "tool_use")
                    .put("id", call.id())
                    .put("name", call.name())
                    .set("input", JSON.readTree(call.arguments()));
        message.put("stop_reason", said.cut() ? "max_tokens" : said.calls().isEmpty() ? "end_turn" : "tool_use");
        message.putNull("stop_sequence");
        message.putObject("usage")
                .put("input_tokens", Model.INPUT - Model.CACHED)
                .put("cache_read_input_tokens", Model.CACHED)
                .put("cache_creation_input_tokens", 0)
                .put("output_tokens", Model.OUTPUT);
        return message;
    }

    @Override
    String refusal(String message) {
        ObjectNode root = JSON.createObjectNode().put("type", "error");
        root.putObject("error").put("type", "invalid_request_error").put("message", message);
        return root.toString();
    }
}

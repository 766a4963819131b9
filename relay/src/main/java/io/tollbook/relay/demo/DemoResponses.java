package io.tollbook.relay.demo;

import io.tollbook.relay.demo.DemoPrompt.Role;
import io.tollbook.relay.demo.DemoPrompt.Turn;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's Responses, without a memory: nothing is stored, so nothing can be continued by its id. */
final class DemoResponses extends DemoDialect {
    DemoResponses(DemoModel model) {
        super(model);
    }

    @Override
    @Nullable
    String key(HttpServletRequest request) {
        return DemoOpenAi.bearer(request);
    }

    @Override
    ObjectNode error(int status, String message) {
        return DemoOpenAi.errorOf(status, message);
    }

    @Override
    void answer(String path, HttpServletRequest request, JsonNode body, DemoAnswer answer) throws IOException {
        DemoPrompt prompt = prompt(body);
        DemoReply reply = model.answer(prompt);
        ObjectNode response = frame(body, prompt);
        answer.id("x-request-id", "req_demo" + next());
        if (prompt.stream()) {
            answer.begin("text/event-stream");
            new DemoResponseEvents(answer, response).send(reply, items(body, reply), usage(reply.usage()));
        } else if (reply.breaks()) {
            throw new DemoFault(500, "The demo provider was asked to break.");
        } else {
            answer.whole(finished(response, reply, items(body, reply)));
        }
    }

    private static DemoPrompt prompt(JsonNode body) {
        if (body.hasNonNull("previous_response_id"))
            throw new DemoFault(
                    400,
                    "Previous response with id '"
                            + body.path("previous_response_id").asString("") + "' not found.");
        JsonNode choice = body.path("tool_choice");
        JsonNode format = body.path("text").path("format");
        return new DemoPrompt(
                body.path("model").asString("demo-fast"),
                turns(body),
                tools(body.path("tools")),
                DemoOpenAi.choice(choice),
                choice.path("name").asString(""),
                !body.path("parallel_tool_calls").asBoolean(true),
                switch (format.path("type").asString("")) {
                    case "json_schema" -> schema(format.path("schema"));
                    case "json_object" -> object();
                    default -> null;
                },
                List.of(),
                body.path("max_output_tokens").asLong(0),
                body.path("stream").asBoolean(false));
    }

    private static List<DemoPrompt.Tool> tools(JsonNode tools) {
        List<DemoPrompt.Tool> all = new ArrayList<>();
        for (JsonNode tool : tools)
            if (tool.path("type").asString("").equals("function"))
                all.add(new DemoPrompt.Tool(tool.path("name").asString(""), schema(tool.path("parameters"))));
        return all;
    }

    private static List<Turn> turns(JsonNode body) {
        List<Turn> turns = new ArrayList<>();
        String instructions = body.path("instructions").asString("");
        if (!instructions.isEmpty()) turns.add(Turn.of(Role.SYSTEM, instructions));
        JsonNode input = body.path("input");
        if (input.isString()) turns.add(Turn.of(Role.USER, input.asString()));
        else if (!input.isArray() || input.isEmpty()) throw DemoFault.missing("input");
        Map<String, String> called = new HashMap<>();
        for (JsonNode item : input) {
            String id = item.path("call_id").asString("");
            switch (item.path("type").asString("message")) {
                case "message" -> turns.add(message(item));
                case "function_call" -> {
                    called.put(id, item.path("name").asString(""));
                    turns.add(Turn.of(
                            Role.ASSISTANT,
                            item.path("name").asString("") + " "
                                    + item.path("arguments").asString("")));
                }
                case "function_call_output" -> {
                    if (!called.containsKey(id))
                        throw new DemoFault(
                                400, "No tool call found for function call output with call_id " + id + ".");
                    turns.add(new Turn(Role.TOOL, text(item.path("output")), called.get(id), List.of()));
                }
                default -> {}
            }
        }
        return turns;
    }

    private static Turn message(JsonNode item) {
        JsonNode content = item.path("content");
        Role role = switch (item.path("role").asString("user")) {
            case "system", "developer" -> Role.SYSTEM;
            case "assistant" -> Role.ASSISTANT;
            default -> Role.USER;
        };
        return new Turn(role, text(content), "", media(content));
    }

    private static String text(JsonNode content) {
        if (content.isString()) return content.asString();
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) text.append(part.path("text").asString(""));
        return text.toString();
    }

    private static List<String> media(JsonNode content) {
        List<String> media = new ArrayList<>();
        for (JsonNode part : content)
            switch (part.path("type").asString("")) {
                case "input_image" -> {
                    JsonNode url = part.path("image_url");
                    media.add(DemoPicture.described(
                            url.isObject() ? url.path("url").asString("") : url.asString("")));
                }
                case "input_file" ->
                    media.add(DemoPicture.described(part.path("file_data").asString("")));
                default -> {}
            }
        return media;
    }

    private static ObjectNode frame(JsonNode body, DemoPrompt prompt) {
        ObjectNode response = object().put("id", "resp_demo" + next())
                .put("object", "response")
                .put("created_at", now());
        response.put("status", "in_progress")
                .put("background", false)
                .putNull("error")
                .putNull("incomplete_details");
        for (String name : new String[] {"instructions", "max_output_tokens", "previous_response_id"})
            response.set(name, body.has(name) ? body.path(name) : JSON.nullNode());
        response.put("model", prompt.model()).putArray("output");
        response.put("parallel_tool_calls", !prompt.oneCallOnly());
        response.put("temperature", body.path("temperature").asDouble(1))
                .put("top_p", body.path("top_p").asDouble(1));
        response.set("tool_choice", body.has("tool_choice") ? body.path("tool_choice") : JSON.stringNode("auto"));
        response.set("tools", body.has("tools") ? body.path("tools") : JSON.createArrayNode());
        response.putObject("text").putObject("format").put("type", "text");
        if (body.path("text").path("format").isObject())
            response.withObject("text").set("format", body.path("text").path("format"));
        response.put("store", false).put("truncation", "disabled");
        response.set("metadata", body.path("metadata").isObject() ? body.path("metadata") : object());
        return response.putNull("usage");
    }

    /** The answer's parts, finished. */
    private static List<ObjectNode> items(JsonNode body, DemoReply reply) {
        List<ObjectNode> items = new ArrayList<>();
        if (!reply.thinking().isEmpty()) items.add(reasoning(body, reply));
        if (reply.picture() != null)
            items.add(object().put("id", "ig_demo" + next())
                    .put("type", "image_generation_call")
                    .put("status", "completed")
                    .put("result", Base64.getEncoder().encodeToString(reply.picture())));
        if (!reply.words().isEmpty()) {
            ObjectNode message = object().put("id", "msg_demo" + next())
                    .put("type", "message")
                    .put("status", "completed");
            message.put("role", "assistant").putArray("content").add(outputText(reply.text()));
            items.add(message);
        }
        for (DemoReply.Call call : reply.calls())
            items.add(object().put("id", "fc_demo" + next())
                    .put("type", "function_call")
                    .put("status", "completed")
                    .put("call_id", call.id())
                    .put("name", call.name())
                    .put("arguments", call.arguments()));
        return items;
    }

    private static ObjectNode reasoning(JsonNode body, DemoReply reply) {
        ObjectNode item = object().put("id", "rs_demo" + next()).put("type", "reasoning");
        item.putArray("summary").addObject().put("type", "summary_text").put("text", reply.thoughts());
        if (strings(body.path("include")).contains("reasoning.encrypted_content"))
            item.put("encrypted_content", Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4, 5, 6}));
        return item;
    }

    static ObjectNode outputText(String text) {
        ObjectNode part = object().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.putArray("logprobs");
        return part;
    }

    private static ObjectNode usage(DemoReply.Usage counted) {
        ObjectNode usage = object().put("input_tokens", counted.prompt());
        usage.putObject("input_tokens_details").put("cached_tokens", counted.cached());
        usage.put("output_tokens", counted.answer());
        usage.putObject("output_tokens_details").put("reasoning_tokens", counted.thinking());
        return usage.put("total_tokens", counted.prompt() + counted.answer());
    }

    private static ObjectNode finished(ObjectNode response, DemoReply reply, List<ObjectNode> items) {
        return finished(response, reply, items, usage(reply.usage()));
    }

    static ObjectNode finished(ObjectNode response, DemoReply reply, List<ObjectNode> items, ObjectNode usage) {
        boolean cut = reply.finish() == DemoReply.Finish.LENGTH;
        response.put("status", cut ? "incomplete" : "completed");
        if (cut) response.putObject("incomplete_details").put("reason", "max_output_tokens");
        ArrayNode output = response.putArray("output");
        items.forEach(output::add);
        response.set("usage", usage);
        return response;
    }
}

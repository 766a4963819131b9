package io.tollbook.relay.demo;

import io.tollbook.relay.demo.DemoPrompt.Choice;
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
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions. */
final class DemoOpenAi extends DemoDialect {
    DemoOpenAi(DemoModel model) {
        super(model);
    }

    @Override
    @Nullable
    String key(HttpServletRequest request) {
        return bearer(request);
    }

    static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : null;
    }

    @Override
    ObjectNode error(int status, String message) {
        return errorOf(status, message);
    }

    static ObjectNode errorOf(int status, String message) {
        String type = switch (status) {
            case 401 -> "invalid_request_error";
            case 429 -> "requests";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
        String code = switch (status) {
            case 401 -> "invalid_api_key";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
        ObjectNode root = object();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return root;
    }

    @Override
    void answer(String path, HttpServletRequest request, JsonNode body, DemoAnswer answer) throws IOException {
        DemoPrompt prompt = prompt(body);
        DemoReply reply = model.answer(prompt);
        String id = "chatcmpl-demo-" + next();
        answer.id("x-request-id", id);
        if (prompt.stream()) stream(body, prompt, reply, id, answer);
        else if (reply.breaks()) throw new DemoFault(500, "The demo provider was asked to break.");
        else answer.whole(whole(prompt, reply, id));
    }

    private static DemoPrompt prompt(JsonNode body) {
        if (!body.path("messages").isArray() || body.path("messages").isEmpty()) throw DemoFault.missing("messages");
        JsonNode choice = body.path("tool_choice");
        JsonNode format = body.path("response_format");
        return new DemoPrompt(
                body.path("model").asString("demo-fast"),
                turns(body.path("messages")),
                tools(body.path("tools")),
                choice(choice),
                choice.path("function").path("name").asString(""),
                !body.path("parallel_tool_calls").asBoolean(true),
                switch (format.path("type").asString("")) {
                    case "json_schema" -> schema(format.path("json_schema").path("schema"));
                    case "json_object" -> object();
                    default -> null;
                },
                strings(body.path("stop")),
                Math.max(
                        body.path("max_tokens").asLong(0),
                        body.path("max_completion_tokens").asLong(0)),
                body.path("stream").asBoolean(false));
    }

    static Choice choice(JsonNode choice) {
        if (choice.isObject()) return Choice.FORCED;
        return switch (choice.asString("")) {
            case "none" -> Choice.NONE;
            case "required" -> Choice.FORCED;
            default -> Choice.FREE;
        };
    }

    private static List<DemoPrompt.Tool> tools(JsonNode tools) {
        List<DemoPrompt.Tool> all = new ArrayList<>();
        for (JsonNode tool : tools) {
            JsonNode function = tool.path("function");
            if (function.isObject())
                all.add(new DemoPrompt.Tool(function.path("name").asString(""), schema(function.path("parameters"))));
        }
        return all;
    }

    private static List<Turn> turns(JsonNode messages) {
        List<Turn> turns = new ArrayList<>();
        Map<String, String> called = new HashMap<>();
        for (JsonNode message : messages) {
            String said = text(message.path("content"));
            switch (message.path("role").asString("")) {
                case "system", "developer" -> turns.add(Turn.of(Role.SYSTEM, said));
                case "assistant" -> {
                    StringBuilder text = new StringBuilder(said);
                    for (JsonNode call : message.path("tool_calls")) {
                        JsonNode function = call.path("function");
                        called.put(
                                call.path("id").asString(""),
                                function.path("name").asString(""));
                        text.append(' ')
                                .append(function.path("name").asString(""))
                                .append(' ');
                        text.append(function.path("arguments").asString(""));
                    }
                    turns.add(Turn.of(Role.ASSISTANT, text.toString()));
                }
                case "tool", "function" -> {
                    String id = message.path("tool_call_id").asString("");
                    if (!id.isEmpty() && !called.containsKey(id))
                        throw new DemoFault(400, "tool_call_id '" + id + "' was not called before.");
                    String name = called.getOrDefault(id, message.path("name").asString(""));
                    turns.add(new Turn(Role.TOOL, said, name, List.of()));
                }
                default -> turns.add(new Turn(Role.USER, said, "", media(message.path("content"))));
            }
        }
        return turns;
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
                case "image_url" ->
                    media.add(DemoPicture.described(
                            part.path("image_url").path("url").asString("")));
                case "input_audio" ->
                    media.add(DemoPicture.described(
                            "audio/" + part.path("input_audio").path("format").asString("wav"),
                            part.path("input_audio").path("data").asString("")));
                case "file" ->
                    media.add(DemoPicture.described(
                            part.path("file").path("file_data").asString("")));
                default -> {}
            }
        return media;
    }

    private static ObjectNode frame(String id, String model, String object) {
        return object().put("id", id)
                .put("object", object)
                .put("created", now())
                .put("model", model);
    }

    private static ObjectNode whole(DemoPrompt prompt, DemoReply reply, String id) {
        ObjectNode root = frame(id, prompt.model(), "chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        if (reply.calls().isEmpty()) message.put("content", reply.text());
        else message.putNull("content");
        message.putNull("refusal");
        if (!reply.thinking().isEmpty()) message.put("reasoning_content", reply.thoughts());
        if (reply.picture() != null) message.putArray("images").add(image(reply.picture()));
        for (int i = 0; i < reply.calls().size(); i++) {
            DemoReply.Call call = reply.calls().get(i);
            ObjectNode made = message.withArray("tool_calls").addObject();
            made.put("id", call.id()).put("type", "function");
            made.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        }
        choice.putNull("logprobs").put("finish_reason", finish(reply));
        root.set("usage", usage(reply.usage()));
        return root;
    }

    private static ObjectNode image(byte[] png) {
        ObjectNode image = object().put("type", "image_url");
        image.putObject("image_url")
                .put("url", "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
        return image;
    }

    private static String finish(DemoReply reply) {
        return switch (reply.finish()) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case CALLS -> "tool_calls";
        };
    }

    private static ObjectNode usage(DemoReply.Usage counted) {
        ObjectNode usage = object().put("prompt_tokens", counted.prompt())
                .put("completion_tokens", counted.answer())
                .put("total_tokens", counted.prompt() + counted.answer());
        usage.putObject("prompt_tokens_details")
                .put("cached_tokens", counted.cached())
                .put("audio_tokens", 0);
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", counted.thinking())
                .put("audio_tokens", 0);
        return usage;
    }

    private static void stream(JsonNode body, DemoPrompt prompt, DemoReply reply, String id, DemoAnswer answer)
            throws IOException {
        answer.begin("text/event-stream");
        String model = prompt.model();
        answer.event(chunk(id, model, object().put("role", "assistant").put("content", "")));
        answer.paced(reply.thinking(), word -> answer.event(chunk(id, model, object().put("reasoning_content", word))));
        answer.paced(
                DemoAnswer.untilItBreaks(reply), word -> answer.event(chunk(id, model, object().put("content", word))));
        if (reply.breaks()) {
            answer.event(errorOf(500, "The demo provider was asked to break."));
            return;
        }
        if (reply.picture() != null) {
            ObjectNode delta = object();
            delta.putArray("images").add(image(reply.picture()));
            answer.event(chunk(id, model, delta));
        }
        for (int i = 0; i < reply.calls().size(); i++) {
            DemoReply.Call call = reply.calls().get(i);
            int index = i;
            ObjectNode begun = object().put("index", i).put("id", call.id()).put("type", "function");
            begun.putObject("function").put("name", call.name()).put("arguments", "");
            answer.event(chunk(id, model, calling(begun)));
            answer.paced(DemoReply.fragments(call.arguments()), fragment -> {
                ObjectNode more = object().put("index", index);
                more.putObject("function").put("arguments", fragment);
                answer.event(chunk(id, model, calling(more)));
            });
        }
        ObjectNode last = chunk(id, model, object());
        ((ObjectNode) last.path("choices").get(0)).put("finish_reason", finish(reply));
        answer.event(last);
        if (body.path("stream_options").path("include_usage").asBoolean(false)) {
            ObjectNode counted = frame(id, model, "chat.completion.chunk");
            counted.putArray("choices");
            counted.set("usage", usage(reply.usage()));
            answer.event(counted);
        }
        answer.raw("data: [DONE]\n\n");
    }

    private static ObjectNode calling(ObjectNode call) {
        ObjectNode delta = object();
        delta.putArray("tool_calls").add(call);
        return delta;
    }

    private static ObjectNode chunk(String id, String model, ObjectNode delta) {
        ObjectNode chunk = frame(id, model, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        return chunk;
    }
}

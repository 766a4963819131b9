package io.tollbook.relay.demo;

import io.tollbook.relay.demo.DemoPrompt.Choice;
import io.tollbook.relay.demo.DemoPrompt.Role;
import io.tollbook.relay.demo.DemoPrompt.Turn;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages, and how many tokens one would be. */
final class DemoClaude extends DemoDialect {
    private static final int BASE_TOKENS = 3;
    /** Stands for the seal under which the thinking may come back. */
    private static final String SIGNATURE =
            Base64.getEncoder().encodeToString("sealed by the demo provider".getBytes(StandardCharsets.US_ASCII));

    DemoClaude(DemoModel model) {
        super(model);
    }

    @Override
    @Nullable
    String key(HttpServletRequest request) {
        return request.getHeader("x-api-key");
    }

    @Override
    DemoFault wrongKey() {
        return new DemoFault(401, "invalid x-api-key");
    }

    @Override
    ObjectNode error(int status, String message) {
        String type = switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
        ObjectNode root = object().put("type", "error");
        root.putObject("error").put("type", type).put("message", message);
        return root.put("request_id", "req_demo" + next());
    }

    @Override
    void answer(String path, HttpServletRequest request, JsonNode body, DemoAnswer answer) throws IOException {
        if (request.getHeader("anthropic-version") == null)
            throw new DemoFault(400, "anthropic-version: header is required");
        DemoPrompt prompt = prompt(body);
        answer.id("request-id", "req_demo" + next());
        if (path.endsWith("/count_tokens")) {
            answer.whole(object().put("input_tokens", DemoModel.tokens(prompt)));
            return;
        }
        if (body.path("max_tokens").asLong(0) < 1) throw new DemoFault(400, "max_tokens: Field required");
        DemoReply reply = model.answer(prompt);
        if (prompt.stream()) stream(body, prompt, reply, answer);
        else if (reply.breaks()) throw new DemoFault(500, "The demo provider was asked to break.");
        else answer.whole(whole(body, prompt, reply));
    }

    /** A name's suffix is taken off on its way here, and comes as a wish to think. */
    private static String model(JsonNode body) {
        String name = body.path("model").asString("demo-fast");
        String thinking = body.path("thinking").path("type").asString("disabled");
        return thinking.equals("disabled") || name.contains("thinking") ? name : name + "-thinking";
    }

    private static DemoPrompt prompt(JsonNode body) {
        if (!body.path("messages").isArray() || body.path("messages").isEmpty())
            throw new DemoFault(400, "messages: Field required");
        JsonNode choice = body.path("tool_choice");
        JsonNode format = body.path("output_config").path("format");
        if (!format.isObject()) format = body.path("output_format");
        return new DemoPrompt(
                model(body),
                turns(body),
                tools(body.path("tools")),
                switch (choice.path("type").asString("")) {
                    case "any", "tool" -> Choice.FORCED;
                    case "none" -> Choice.NONE;
                    default -> Choice.FREE;
                },
                choice.path("name").asString(""),
                choice.path("disable_parallel_tool_use").asBoolean(false),
                format.path("type").asString("").equals("json_schema") ? schema(format.path("schema")) : null,
                strings(body.path("stop_sequences")),
                body.path("max_tokens").asLong(0),
                body.path("stream").asBoolean(false));
    }

    /** Those it can call; the vendor's own need no schema, and there are none here. */
    private static List<DemoPrompt.Tool> tools(JsonNode tools) {
        List<DemoPrompt.Tool> all = new ArrayList<>();
        for (JsonNode tool : tools)
            if (tool.path("input_schema").isObject())
                all.add(new DemoPrompt.Tool(tool.path("name").asString(""), tool.path("input_schema")));
        return all;
    }

    private static List<Turn> turns(JsonNode body) {
        List<Turn> turns = new ArrayList<>();
        String system = text(body.path("system"));
        if (!system.isEmpty()) turns.add(Turn.of(Role.SYSTEM, system));
        Map<String, String> called = new HashMap<>();
        for (JsonNode message : body.path("messages")) {
            JsonNode content = message.path("content");
            if (message.path("role").asString("").equals("assistant")) {
                StringBuilder text = new StringBuilder(text(content));
                for (JsonNode block : content)
                    if (block.path("type").asString("").equals("tool_use")) {
                        called.put(
                                block.path("id").asString(""),
                                block.path("name").asString(""));
                        text.append(' ')
                                .append(block.path("name").asString(""))
                                .append(' ')
                                .append(block.path("input"));
                    }
                turns.add(Turn.of(Role.ASSISTANT, text.toString()));
            } else {
                results(content, called, turns);
                List<String> media = media(content);
                String text = text(content);
                if (!text.isEmpty() || !media.isEmpty()) turns.add(new Turn(Role.USER, text, "", media));
            }
        }
        return turns;
    }

    private static void results(JsonNode content, Map<String, String> called, List<Turn> turns) {
        for (JsonNode block : content) {
            if (!block.path("type").asString("").equals("tool_result")) continue;
            String id = block.path("tool_use_id").asString("");
            if (!called.containsKey(id))
                throw new DemoFault(
                        400, "messages: unexpected `tool_use_id` found in `tool_result` blocks: " + id + ".");
            JsonNode result = block.path("content");
            turns.add(new Turn(Role.TOOL, text(result), called.get(id), media(result)));
        }
    }

    private static String text(JsonNode content) {
        if (content.isString()) return content.asString();
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content)
            if (block.path("type").asString("").equals("text"))
                text.append(block.path("text").asString(""));
        return text.toString();
    }

    private static List<String> media(JsonNode content) {
        List<String> media = new ArrayList<>();
        for (JsonNode block : content) {
            String kind = block.path("type").asString("");
            if (!kind.equals("image") && !kind.equals("document")) continue;
            JsonNode source = block.path("source");
            media.add(
                    switch (source.path("type").asString("")) {
                        case "url" -> DemoPicture.described(source.path("url").asString(""));
                        case "base64" ->
                            DemoPicture.described(
                                    source.path("media_type").asString(""),
                                    source.path("data").asString(""));
                        default -> "a document";
                    });
        }
        return media;
    }

    private static ObjectNode message(DemoPrompt prompt) {
        ObjectNode message =
                object().put("id", "msg_demo" + next()).put("type", "message").put("role", "assistant");
        return message.put("model", prompt.model());
    }

    private static ObjectNode whole(JsonNode body, DemoPrompt prompt, DemoReply reply) {
        ObjectNode root = message(prompt);
        ArrayNode content = root.putArray("content");
        if (!reply.thinking().isEmpty())
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", reply.thoughts())
                    .put("signature", SIGNATURE);
        if (!reply.words().isEmpty()) content.addObject().put("type", "text").put("text", reply.text() + drawn(reply));
        for (DemoReply.Call call : reply.calls())
            content.addObject()
                    .put("type", "tool_use")
                    .put("id", "toolu_" + call.id())
                    .put("name", call.name())
                    .set("input", JSON.readTree(call.arguments()));
        root.put("stop_reason", stopReason(reply)).put("stop_sequence", reply.stop());
        root.set("usage", usage(body, reply.usage(), reply.usage().answer()));
        return root;
    }

    /** Claude answers with text only; a picture goes along as text can carry one. */
    private static String drawn(DemoReply reply) {
        if (reply.picture() == null) return "";
        return "\n\n![picture](data:image/png;base64," + Base64.getEncoder().encodeToString(reply.picture()) + ")";
    }

    private static String stopReason(DemoReply reply) {
        return switch (reply.finish()) {
            case STOP -> reply.stop() == null ? "end_turn" : "stop_sequence";
            case LENGTH -> "max_tokens";
            case CALLS -> "tool_use";
        };
    }

    /** What is cached stands beside the input; what is new is written to the cache if the request marks any of itself for it. */
    private static ObjectNode usage(JsonNode body, DemoReply.Usage counted, long answer) {
        long fresh = counted.prompt() - counted.cached();
        long written = body.findValue("cache_control") == null ? 0 : Math.max(0, fresh - BASE_TOKENS);
        ObjectNode usage = object().put("input_tokens", fresh - written)
                .put("cache_creation_input_tokens", written)
                .put("cache_read_input_tokens", counted.cached());
        usage.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", written)
                .put("ephemeral_1h_input_tokens", 0);
        return usage.put("output_tokens", answer).put("service_tier", "standard");
    }

    private void stream(JsonNode body, DemoPrompt prompt, DemoReply reply, DemoAnswer answer) throws IOException {
        answer.begin("text/event-stream");
        ObjectNode message = message(prompt);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.set("usage", usage(body, reply.usage(), 1));
        ObjectNode start = object().put("type", "message_start");
        start.set("message", message);
        answer.named(start);
        answer.named(object().put("type", "ping"));
        int index = 0;
        if (!reply.thinking().isEmpty()) {
            int at = index++;
            begin(
                    answer,
                    at,
                    object().put("type", "thinking").put("thinking", "").put("signature", ""));
            answer.paced(
                    reply.thinking(),
                    word -> delta(
                            answer, at, object().put("type", "thinking_delta").put("thinking", word)));
            delta(answer, at, object().put("type", "signature_delta").put("signature", SIGNATURE));
            end(answer, at);
        }
        if (!reply.words().isEmpty()) {
            int at = index++;
            begin(answer, at, object().put("type", "text").put("text", ""));
            answer.paced(DemoAnswer.untilItBreaks(reply), word -> text(answer, at, word));
            if (reply.breaks()) {
                answer.named(error(500, "The demo provider was asked to break."));
                return;
            }
            if (reply.picture() != null) text(answer, at, drawn(reply));
            end(answer, at);
        }
        for (DemoReply.Call call : reply.calls()) {
            int at = index++;
            ObjectNode block = object().put("type", "tool_use")
                    .put("id", "toolu_" + call.id())
                    .put("name", call.name());
            block.putObject("input");
            begin(answer, at, block);
            answer.paced(
                    DemoReply.fragments(call.arguments()),
                    more -> delta(
                            answer, at, object().put("type", "input_json_delta").put("partial_json", more)));
            end(answer, at);
        }
        ObjectNode last = object().put("type", "message_delta");
        last.putObject("delta").put("stop_reason", stopReason(reply)).put("stop_sequence", reply.stop());
        last.putObject("usage").put("output_tokens", reply.usage().answer());
        answer.named(last);
        answer.named(object().put("type", "message_stop"));
    }

    private static void text(DemoAnswer answer, int index, String more) throws IOException {
        delta(answer, index, object().put("type", "text_delta").put("text", more));
    }

    private static void begin(DemoAnswer answer, int index, ObjectNode block) throws IOException {
        ObjectNode event = object().put("type", "content_block_start").put("index", index);
        event.set("content_block", block);
        answer.named(event);
    }

    private static void delta(DemoAnswer answer, int index, ObjectNode delta) throws IOException {
        ObjectNode event = object().put("type", "content_block_delta").put("index", index);
        event.set("delta", delta);
        answer.named(event);
    }

    private static void end(DemoAnswer answer, int index) throws IOException {
        answer.named(object().put("type", "content_block_stop").put("index", index));
    }
}

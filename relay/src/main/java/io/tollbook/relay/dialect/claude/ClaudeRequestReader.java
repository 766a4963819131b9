package io.tollbook.relay.dialect.claude;

import static io.tollbook.relay.dialect.claude.ClaudeBlocks.cache;
import static io.tollbook.relay.dialect.claude.ClaudeBlocks.object;
import static io.tollbook.relay.dialect.claude.ClaudeBlocks.text;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads all of a request for a message. */
final class ClaudeRequestReader {
    private final JsonNode root;
    private final Conversation.Draft draft = new Conversation.Draft();

    private ClaudeRequestReader(JsonNode root) {
        this.root = root;
    }

    static Conversation read(byte[] body) {
        return new ClaudeRequestReader(Json.object(body)).read();
    }

    private Conversation read() {
        draft.stream = Boolean.TRUE.equals(Json.flag(root.path("stream"), "stream"));
        readSystem(root.path("system"), "system");
        List<JsonNode> messages = Json.elements(root.path("messages"), "messages");
        for (int i = 0; i < messages.size(); i++) readMessage(messages.get(i), "messages." + i + ".");
        List<JsonNode> tools = Json.elements(root.path("tools"), "tools");
        for (int i = 0; i < tools.size(); i++) readTool(tools.get(i), "tools." + i + ".");
        // The tools of such a server would run at the vendor; an answer without them would be another one.
        if (!Json.elements(root.path("mcp_servers"), "mcp_servers").isEmpty())
            throw Refused.invalid("mcp_servers: no provider of this model can call them");
        readToolChoice();
        readSampling();
        readReasoning();
        readFormat();
        draft.user = Json.text(object(root.path("metadata"), "metadata").path("user_id"), "metadata.user_id");
        draft.serviceTier = serviceTier();
        return draft.done(Vendor.CLAUDE);
    }

    private void readSystem(JsonNode system, String path) {
        if (Json.isAbsent(system)) return;
        if (system.isString()) {
            draft.system.add(new Part.Text(system.asString()));
            return;
        }
        if (!system.isArray()) throw Refused.invalid(path + ": Input should be a string or a list of text blocks");
        for (int i = 0; i < system.size(); i++) {
            String at = path + "." + i + ".";
            draft.system.add(new Part.Text(
                    text(system.get(i).path("text"), at + "text"), List.of(), null, cache(system.get(i))));
        }
    }

    private void readMessage(JsonNode message, String path) {
        String role = text(message.path("role"), path + "role");
        switch (role) {
            case "user" -> turn(Turn.Role.USER, message, path);
            case "assistant" -> turn(Turn.Role.ASSISTANT, message, path);
            // What is said between turns in the operator's voice stands above them everywhere else.
            case "system" -> readSystem(message.path("content"), path + "content");
            default -> throw Refused.invalid(path + "role: Input should be 'user' or 'assistant'");
        }
    }

    private void turn(Turn.Role role, JsonNode message, String path) {
        draft.turns.add(new Turn(role, new ClaudeBlocks(path + "content").read(message.path("content"))));
    }

    private void readTool(JsonNode tool, String path) {
        String type = Json.text(tool.path("type"), path + "type");
        if (type == null || type.equals("custom")) {
            JsonNode schema = object(tool.path("input_schema"), path + "input_schema");
            draft.tools.add(new Tool.Function(
                    text(tool.path("name"), path + "name"),
                    Json.text(tool.path("description"), path + "description"),
                    Json.isAbsent(schema) ? null : schema,
                    Json.flag(tool.path("strict"), path + "strict"),
                    cache(tool)));
        } else if (type.startsWith("web_search_")) {
            Long most = Json.whole(tool.path("max_uses"), path + "max_uses");
            draft.tools.add(new Tool.WebSearch(
                    null,
                    most == null ? null : (int) Math.clamp(most, 0, Integer.MAX_VALUE),
                    Json.texts(tool.path("allowed_domains"), path + "allowed_domains"),
                    Json.texts(tool.path("blocked_domains"), path + "blocked_domains"),
                    location(object(tool.path("user_location"), path + "user_location"))));
        } else {
            draft.tools.add(new Tool.Foreign(Vendor.CLAUDE, type, tool));
        }
    }

    private static @Nullable JsonNode location(JsonNode location) {
        if (!location.isObject()) return null;
        var named = Json.MAPPER.createObjectNode();
        for (String name : List.of("city", "region", "country", "timezone"))
            if (location.path(name).isString()) named.set(name, location.path(name));
        return named;
    }

    private void readToolChoice() {
        JsonNode choice = object(root.path("tool_choice"), "tool_choice");
        if (Json.isAbsent(choice)) return;
        String type = text(choice.path("type"), "tool_choice.type");
        draft.toolChoice = switch (type) {
            case "auto" -> new ToolChoice(ToolChoice.Mode.AUTO, List.of());
            case "any" -> new ToolChoice(ToolChoice.Mode.REQUIRED, List.of());
            case "none" -> new ToolChoice(ToolChoice.Mode.NONE, List.of());
            case "tool" ->
                new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(text(choice.path("name"), "tool_choice.name")));
            default -> throw Refused.invalid("tool_choice.type: Input should be 'auto', 'any', 'tool' or 'none'");
        };
        Boolean single = Json.flag(choice.path("disable_parallel_tool_use"), "tool_choice.disable_parallel_tool_use");
        if (single != null) draft.parallelTools = !single;
    }

    private void readSampling() {
        draft.sampling = new Sampling(
                Json.whole(root.path("max_tokens"), "max_tokens"),
                Json.decimal(root.path("temperature"), "temperature"),
                Json.decimal(root.path("top_p"), "top_p"),
                Json.whole(root.path("top_k"), "top_k"),
                null,
                Json.texts(root.path("stop_sequences"), "stop_sequences"),
                null,
                null,
                null,
                null);
    }

    private void readReasoning() {
        JsonNode thinking = object(root.path("thinking"), "thinking");
        String effort =
                Json.text(object(root.path("output_config"), "output_config").path("effort"), "output_config.effort");
        if (Json.isAbsent(thinking)) {
            if (effort != null) draft.reasoning = new Reasoning(effort, null, null, null);
            return;
        }
        Boolean shown = shown(thinking);
        draft.reasoning = switch (text(thinking.path("type"), "thinking.type")) {
            case "enabled" -> {
                Long budget = Json.whole(thinking.path("budget_tokens"), "thinking.budget_tokens");
                if (budget == null || budget < ClaudeThinking.BUDGET_MIN)
                    throw Refused.invalid("thinking.budget_tokens: Input should be greater than or equal to "
                            + ClaudeThinking.BUDGET_MIN);
                Long most = draft.sampling.outputTokensMax();
                if (most != null && most <= budget)
                    throw Refused.invalid("max_tokens must be greater than thinking.budget_tokens");
                yield new Reasoning(effort, budget, shown, null);
            }
            case "adaptive", "between_tools" -> new Reasoning(effort, -1L, shown, null);
            case "disabled" -> new Reasoning(effort, 0L, null, null);
            default -> throw Refused.invalid("thinking.type: Input should be 'enabled', 'adaptive' or 'disabled'");
        };
    }

    private static @Nullable Boolean shown(JsonNode thinking) {
        String display = Json.text(thinking.path("display"), "thinking.display");
        return display == null ? null : !display.equals("omitted");
    }

    private void readFormat() {
        JsonNode format =
                object(object(root.path("output_config"), "output_config").path("format"), "output_config.format");
        // As it was called while it was new.
        if (Json.isAbsent(format)) format = object(root.path("output_format"), "output_format");
        if (Json.isAbsent(format)) return;
        if (!text(format.path("type"), "output_config.format.type").equals("json_schema"))
            throw Refused.invalid("output_config.format.type: Input should be 'json_schema'");
        JsonNode schema = object(format.path("schema"), "output_config.format.schema");
        if (Json.isAbsent(schema)) throw Refused.invalid("output_config.format.schema: Field required");
        draft.format =
                new AnswerFormat(Json.text(format.path("name"), "output_config.format.name"), null, schema, true);
    }

    /** Everywhere else the tier that costs no more is the default one. */
    private @Nullable String serviceTier() {
        String tier = Json.text(root.path("service_tier"), "service_tier");
        return "standard_only".equals(tier) ? "default" : tier;
    }
}

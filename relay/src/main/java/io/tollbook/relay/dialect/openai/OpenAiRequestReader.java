package io.tollbook.relay.dialect.openai;

import static io.tollbook.relay.dialect.Json.decimal;
import static io.tollbook.relay.dialect.Json.elements;
import static io.tollbook.relay.dialect.Json.flag;
import static io.tollbook.relay.dialect.Json.isAbsent;
import static io.tollbook.relay.dialect.Json.objectOrNull;
import static io.tollbook.relay.dialect.Json.requiredText;
import static io.tollbook.relay.dialect.Json.text;
import static io.tollbook.relay.dialect.Json.texts;
import static io.tollbook.relay.dialect.Json.whole;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads all of a request for chat completions. */
final class OpenAiRequestReader {
    private OpenAiRequestReader() {}

    static Conversation read(byte[] body) {
        JsonNode root = Json.object(body);
        Conversation.Draft draft = new Conversation.Draft();
        draft.stream = Boolean.TRUE.equals(flag(root.path("stream"), "stream"));
        new OpenAiMessages(draft).read(root.path("messages"));
        tools(root, draft);
        draft.sampling = sampling(root);
        draft.format = format(root.path("response_format"));
        draft.reasoning = reasoning(root);
        draft.parallelTools = flag(root.path("parallel_tool_calls"), "parallel_tool_calls");
        String user = text(root.path("user"), "user");
        draft.user = user == null ? text(root.path("safety_identifier"), "safety_identifier") : user;
        draft.serviceTier = text(root.path("service_tier"), "service_tier");
        draft.verbosity = text(root.path("verbosity"), "verbosity");
        draft.promptCacheKey = text(root.path("prompt_cache_key"), "prompt_cache_key");
        draft.store = flag(root.path("store"), "store");
        JsonNode metadata = objectOrNull(root.path("metadata"), "metadata");
        if (metadata != null)
            metadata.properties()
                    .forEach(entry ->
                            draft.metadata.put(entry.getKey(), entry.getValue().asString("")));
        if (!isAbsent(root.path("audio")))
            throw Refused.invalid("audio: no channel of this model can answer in sound through another API");
        return draft.done(Vendor.OPENAI);
    }

    private static void tools(JsonNode root, Conversation.Draft draft) {
        int index = 0;
        for (JsonNode tool : elements(root.path("tools"), "tools")) {
            String path = "tools[" + index++ + "]";
            String type = requiredText(tool.path("type"), path + ".type");
            draft.tools.add(
                    type.equals("function")
                            ? function(tool.path("function"), tool, path + ".function")
                            : new Tool.Foreign(Vendor.OPENAI, type, tool));
        }
        index = 0;
        for (JsonNode function : elements(root.path("functions"), "functions"))
            draft.tools.add(function(function, function, "functions[" + index++ + "]"));
        JsonNode search = objectOrNull(root.path("web_search_options"), "web_search_options");
        if (search != null)
            draft.tools.add(new Tool.WebSearch(
                    text(search.path("search_context_size"), "web_search_options.search_context_size"),
                    null,
                    List.of(),
                    List.of(),
                    objectOrNull(
                            search.path("user_location").path("approximate"),
                            "web_search_options.user_location.approximate")));
        draft.toolChoice = choice(root.path("tool_choice"));
        if (draft.toolChoice == null) draft.toolChoice = choice(root.path("function_call"));
    }

    private static Tool.Function function(JsonNode function, JsonNode holder, String path) {
        return new Tool.Function(
                requiredText(function.path("name"), path + ".name"),
                text(function.path("description"), path + ".description"),
                objectOrNull(function.path("parameters"), path + ".parameters"),
                flag(function.path("strict"), path + ".strict"),
                objectOrNull(holder.path("cache_control"), path + ".cache_control"));
    }

    private static @Nullable ToolChoice choice(JsonNode choice) {
        if (isAbsent(choice)) return null;
        if (choice.isString())
            return switch (choice.asString()) {
                case "auto" -> new ToolChoice(ToolChoice.Mode.AUTO, List.of());
                case "none" -> new ToolChoice(ToolChoice.Mode.NONE, List.of());
                case "required" -> new ToolChoice(ToolChoice.Mode.REQUIRED, List.of());
                default -> throw Refused.invalid("tool_choice must be none, auto, required or name a function");
            };
        JsonNode allowed = choice.path("allowed_tools");
        if (allowed.isObject()) {
            List<String> names = new ArrayList<>();
            for (JsonNode tool : elements(allowed.path("tools"), "tool_choice.allowed_tools.tools"))
                names.add(requiredText(
                        tool.path("function").path("name"), "tool_choice.allowed_tools.tools.function.name"));
            boolean required = "required".equals(text(allowed.path("mode"), "tool_choice.allowed_tools.mode"));
            return new ToolChoice(required ? ToolChoice.Mode.REQUIRED : ToolChoice.Mode.AUTO, names);
        }
        JsonNode name = choice.path("function").path("name");
        if (isAbsent(name)) name = choice.path("name");
        return new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(requiredText(name, "tool_choice.function.name")));
    }

    private static Sampling sampling(JsonNode root) {
        Long tokens = whole(root.path("max_completion_tokens"), "max_completion_tokens");
        if (tokens == null) tokens = whole(root.path("max_tokens"), "max_tokens");
        Long answers = whole(root.path("n"), "n");
        return new Sampling(
                tokens,
                decimal(root.path("temperature"), "temperature"),
                decimal(root.path("top_p"), "top_p"),
                whole(root.path("top_k"), "top_k"),
                whole(root.path("seed"), "seed"),
                texts(root.path("stop"), "stop"),
                decimal(root.path("presence_penalty"), "presence_penalty"),
                decimal(root.path("frequency_penalty"), "frequency_penalty"),
                answers == null ? null : Math.toIntExact(answers),
                logprobs(root));
    }

    private static @Nullable Integer logprobs(JsonNode root) {
        if (!Boolean.TRUE.equals(flag(root.path("logprobs"), "logprobs"))) return null;
        Long alternatives = whole(root.path("top_logprobs"), "top_logprobs");
        return alternatives == null ? 0 : (int) Math.clamp(alternatives, 0, 20);
    }

    private static @Nullable AnswerFormat format(JsonNode format) {
        if (isAbsent(format)) return null;
        return switch (requiredText(format.path("type"), "response_format.type")) {
            case "text" -> null;
            case "json_object" -> AnswerFormat.ANY_JSON;
            case "json_schema" -> {
                JsonNode named = format.path("json_schema");
                yield new AnswerFormat(
                        text(named.path("name"), "response_format.json_schema.name"),
                        text(named.path("description"), "response_format.json_schema.description"),
                        objectOrNull(named.path("schema"), "response_format.json_schema.schema"),
                        flag(named.path("strict"), "response_format.json_schema.strict"));
            }
            default -> throw Refused.invalid("response_format.type must be text, json_object or json_schema");
        };
    }

    /** OpenAI's own field, and OpenRouter's, which can also say how many tokens. */
    private static @Nullable Reasoning reasoning(JsonNode root) {
        String effort = text(root.path("reasoning_effort"), "reasoning_effort");
        JsonNode reasoning = objectOrNull(root.path("reasoning"), "reasoning");
        if (reasoning == null) return effort == null ? null : new Reasoning(effort, null, null, null);
        if (effort == null) effort = text(reasoning.path("effort"), "reasoning.effort");
        Long budget = whole(reasoning.path("max_tokens"), "reasoning.max_tokens");
        Boolean enabled = flag(reasoning.path("enabled"), "reasoning.enabled");
        Boolean excluded = flag(reasoning.path("exclude"), "reasoning.exclude");
        if (Boolean.FALSE.equals(enabled)) effort = "none";
        else if (Boolean.TRUE.equals(enabled) && effort == null && budget == null) effort = "medium";
        return new Reasoning(effort, budget, excluded == null ? null : !excluded, null);
    }
}

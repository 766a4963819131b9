package io.tollbook.relay.dialect.openai;

import static io.tollbook.relay.dialect.Json.put;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Reasoning;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request for chat completions. What they have no word for is left out, unless the answer would be wrong without. */
final class OpenAiRequestWriter {
    /** More stop sequences are refused by OpenAI. */
    private static final int STOPS_MAX = 4;

    private final Conversation conversation;
    private final OpenAiModel model;
    private final ObjectNode root = Json.MAPPER.createObjectNode();

    OpenAiRequestWriter(Conversation conversation, String model) {
        this.conversation = conversation;
        this.model = new OpenAiModel(model);
    }

    byte[] write() {
        root.put("model", model.name());
        ArrayNode messages = root.putArray("messages");
        new OpenAiMessageWriter(messages, model).write(conversation);
        if (messages.isEmpty()) throw Refused.invalid("The request has no message.");
        if (conversation.stream()) {
            root.put("stream", true);
            root.putObject("stream_options").put("include_usage", true);
        }
        sampling(conversation.sampling());
        tools();
        format();
        reasoning();
        put(root, "user", conversation.user());
        put(root, "service_tier", tier());
        put(root, "verbosity", conversation.verbosity());
        put(root, "prompt_cache_key", conversation.promptCacheKey());
        put(root, "store", conversation.store());
        // OpenAI takes notes only on what it keeps.
        if (Boolean.TRUE.equals(conversation.store())
                && !conversation.metadata().isEmpty()) conversation.metadata().forEach(root.putObject("metadata")::put);
        return Json.MAPPER.writeValueAsBytes(root);
    }

    private void sampling(Sampling sampling) {
        put(root, model.reasons() ? "max_completion_tokens" : "max_tokens", sampling.outputTokensMax());
        if (!model.refusesSampling()) {
            put(root, "temperature", sampling.temperature());
            put(root, "top_p", sampling.topP());
            put(root, "presence_penalty", sampling.presencePenalty());
            put(root, "frequency_penalty", sampling.frequencyPenalty());
            if (sampling.topLogprobs() != null) {
                root.put("logprobs", true);
                root.put("top_logprobs", sampling.topLogprobs());
            }
        }
        put(root, "seed", sampling.seed());
        put(root, "n", sampling.answers());
        List<String> stops = sampling.stops();
        if (!stops.isEmpty() && !model.reasons()) {
            ArrayNode array = root.putArray("stop");
            stops.stream().limit(STOPS_MAX).forEach(array::add);
        }
    }

    private void tools() {
        ArrayNode tools = Json.MAPPER.createArrayNode();
        for (Tool tool : conversation.tools())
            switch (tool) {
                case Tool.Function function -> tools.add(function(function));
                case Tool.WebSearch search -> search(search);
                case Tool.Foreign foreign -> {
                    if (foreign.vendor() != Vendor.OPENAI) throw cannot(foreign);
                    tools.add(foreign.definition());
                }
            }
        if (tools.isEmpty()) return;
        root.set("tools", tools);
        put(root, "tool_choice", choice(conversation.toolChoice()));
        put(root, "parallel_tool_calls", conversation.parallelTools());
    }

    private static Refused cannot(Tool.Foreign foreign) {
        return Refused.invalid("tools: no channel of this model has the tool " + foreign.type() + ".");
    }

    private static ObjectNode function(Tool.Function function) {
        ObjectNode tool = Json.MAPPER.createObjectNode().put("type", "function");
        ObjectNode described = tool.putObject("function").put("name", function.name());
        put(described, "description", function.description());
        put(described, "parameters", function.parameters());
        put(described, "strict", function.strict());
        return tool;
    }

    private void search(Tool.WebSearch search) {
        ObjectNode options = root.putObject("web_search_options");
        put(options, "search_context_size", search.contextSize());
        if (search.location() != null)
            options.putObject("user_location").put("type", "approximate").set("approximate", search.location());
    }

    private static @Nullable JsonNode choice(@Nullable ToolChoice choice) {
        if (choice == null) return null;
        String mode = switch (choice.mode()) {
            case AUTO -> "auto";
            case NONE -> "none";
            case REQUIRED -> "required";
        };
        if (choice.names().isEmpty()) return Json.MAPPER.getNodeFactory().stringNode(mode);
        ObjectNode named = Json.MAPPER.createObjectNode();
        if (choice.mode() == ToolChoice.Mode.REQUIRED && choice.names().size() == 1) {
            named.put("type", "function")
                    .putObject("function")
                    .put("name", choice.names().getFirst());
            return named;
        }
        ObjectNode allowed =
                named.put("type", "allowed_tools").putObject("allowed_tools").put("mode", mode);
        ArrayNode tools = allowed.putArray("tools");
        for (String name : choice.names())
            tools.addObject().put("type", "function").putObject("function").put("name", name);
        return named;
    }

    private void format() {
        AnswerFormat format = conversation.format();
        if (format == null) return;
        ObjectNode written = root.putObject("response_format");
        if (format.schema() == null) {
            written.put("type", "json_object");
            return;
        }
        ObjectNode named = written.put("type", "json_schema").putObject("json_schema");
        named.put("name", format.name() == null ? "answer" : format.name());
        put(named, "description", format.description());
        named.set("schema", format.schema());
        put(named, "strict", format.strict());
    }

    /** Models that do not think refuse to be told how hard. */
    private void reasoning() {
        Reasoning reasoning = conversation.reasoning();
        if (reasoning == null || !model.takesEffort()) return;
        put(root, "reasoning_effort", Effort.of(reasoning, model));
    }

    private @Nullable String tier() {
        String tier = conversation.serviceTier();
        // Claude's word for the same.
        return "standard_only".equals(tier) ? "default" : tier;
    }
}

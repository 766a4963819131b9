package io.tollbook.relay.dialect.claude;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.AnswerFormat;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Sampling;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.ToolChoice;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request for a message. */
final class ClaudeRequestWriter {

    private final Conversation said;
    private final ClaudeModel model;
    private final long tokensMax;
    private final ClaudeTurns turns;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode outputConfig = JsonNodeFactory.instance.objectNode();
    private final ArrayNode system = JsonNodeFactory.instance.arrayNode();

    private ClaudeRequestWriter(Conversation said, String model, long longest) {
        this.said = said;
        this.model = ClaudeModel.of(model);
        Long limit = said.sampling().outputTokensMax();
        tokensMax = limit == null || limit <= 0 ? longest : limit;
        turns = new ClaudeTurns(said);
    }

    /** @param longest the limit where the client set none */
    static byte[] write(Conversation conversation, String model, long longest) {
        ClaudeRequestWriter writer = new ClaudeRequestWriter(conversation, model, longest);
        writer.write();
        return Json.MAPPER.writeValueAsBytes(writer.root);
    }

    private void write() {
        refuseWhatCannotBe();
        root.put("model", model.name()).put("max_tokens", tokensMax);
        for (Part part : said.system())
            if (part instanceof Part.Text text && !text.text().isBlank()) {
                ObjectNode block = ClaudeTurns.text(text.text());
                if (text.cache() != null) block.set("cache_control", text.cache());
                system.add(block);
            }
        ArrayNode messages = turns.write(model.takesPrefill());
        writeFormat();
        if (!system.isEmpty()) root.set("system", system);
        root.set("messages", messages);
        writeTools();
        ClaudeThinking thinking = thinking();
        if (thinking != null) writeThinking(thinking);
        writeSampling(thinking != null);
        if (!outputConfig.isEmpty()) root.set("output_config", outputConfig);
        if (said.user() != null && !said.user().isEmpty())
            root.putObject("metadata").put("user_id", said.user());
        String tier = tier();
        if (tier != null) root.put("service_tier", tier);
        if (said.stream()) root.put("stream", true);
    }

    private void refuseWhatCannotBe() {
        Sampling sampling = said.sampling();
        if (sampling.answers() != null && sampling.answers() > 1)
            throw Refused.invalid("The model gives one answer a request, and not " + sampling.answers() + " (n).");
        if (sampling.topLogprobs() != null) throw Refused.invalid("The model tells no probabilities (logprobs).");
        for (String stop : sampling.stops())
            if (stop.isBlank())
                throw Refused.invalid("The model takes no stop sequence that is nothing but space (stop).");
    }

    private void writeSampling(boolean thinks) {
        Sampling sampling = said.sampling();
        if (!sampling.stops().isEmpty()) {
            ArrayNode stops = root.putArray("stop_sequences");
            sampling.stops().forEach(stops::add);
        }
        if (thinks || model.drawsAlone()) return;
        BigDecimal temperature = sampling.temperature();
        if (temperature != null) root.put("temperature", temperature.min(BigDecimal.ONE));
        if (sampling.topP() != null && (temperature == null || model.takesBothSamplings()))
            root.put("top_p", sampling.topP());
        if (sampling.topK() != null) root.put("top_k", sampling.topK());
    }

    private @Nullable ClaudeThinking thinking() {
        boolean mustCall = said.toolChoice() != null && said.toolChoice().mode() == ToolChoice.Mode.REQUIRED;
        // Anthropic refuses thinking in front of a call that must be, and calls shown again without it.
        if (mustCall && !said.tools().isEmpty()) return null;
        if (!model.thinksAdaptively() && turns.hasUnthoughtCalls()) return null;
        return ClaudeThinking.of(model, said.reasoning(), tokensMax);
    }

    private void writeThinking(ClaudeThinking thinking) {
        ObjectNode node = root.putObject("thinking");
        if (thinking.budget() > 0) {
            node.put("type", "enabled").put("budget_tokens", thinking.budget());
            return;
        }
        node.put("type", "adaptive");
        boolean hidden = said.reasoning() != null
                && Boolean.FALSE.equals(said.reasoning().shown());
        if (hidden) node.put("display", "omitted");
        // Since this version nothing is shown otherwise.
        else if (model.drawsAlone()) node.put("display", "summarized");
        if (thinking.effort() != null) outputConfig.put("effort", thinking.effort());
    }

    private void writeFormat() {
        AnswerFormat format = said.format();
        if (format == null) return;
        JsonNode schema = format.schema();
        if (schema == null) {
            system.add(ClaudeTurns.text("Answer with one valid JSON object and nothing else."));
        } else if (model.keepsSchemas()) {
            outputConfig.putObject("format").put("type", "json_schema").set("schema", ClaudeSchema.closed(schema));
        } else {
            system.add(ClaudeTurns.text(
                    "Answer with one JSON object that matches this JSON Schema, and with nothing else:\n" + schema));
        }
    }

    private void writeTools() {
        ArrayNode tools = JsonNodeFactory.instance.arrayNode();
        ToolChoice choice = said.toolChoice();
        List<String> only = choice == null ? List.of() : choice.names();
        for (Tool tool : said.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (only.isEmpty() || only.contains(function.name())) tools.add(function(function));
                }
                case Tool.WebSearch search -> tools.add(search(search));
                case Tool.Foreign foreign -> {
                    if (foreign.vendor() != Vendor.CLAUDE)
                        throw Refused.invalid("The model has no tool " + foreign.type() + " (tools).");
                    tools.add(foreign.definition());
                }
            }
        }
        boolean none = choice != null && choice.mode() == ToolChoice.Mode.NONE;
        if (tools.isEmpty() && !turns.calledTools().isEmpty()) {
            // Calls can be shown again only where their tools are known.
            for (String name : turns.calledTools())
                tools.addObject().put("name", name).set("input_schema", ClaudeSchema.input(MissingNode.getInstance()));
            none = true;
        }
        if (tools.isEmpty()) return;
        root.set("tools", tools);
        writeToolChoice(none, choice);
    }

    private void writeToolChoice(boolean none, @Nullable ToolChoice choice) {
        boolean single = Boolean.FALSE.equals(said.parallelTools());
        if (none) {
            root.putObject("tool_choice").put("type", "none");
            return;
        }
        if (choice == null && !single) return;
        ObjectNode node = root.putObject("tool_choice");
        if (choice == null || choice.mode() == ToolChoice.Mode.AUTO) node.put("type", "auto");
        else if (choice.names().size() == 1)
            node.put("type", "tool").put("name", choice.names().getFirst());
        else node.put("type", "any");
        if (said.parallelTools() != null) node.put("disable_parallel_tool_use", single);
    }

    private ObjectNode function(Tool.Function function) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", function.name());
        if (function.description() != null && !function.description().isEmpty())
            node.put("description", function.description());
        ObjectNode input =
                ClaudeSchema.input(function.parameters() == null ? MissingNode.getInstance() : function.parameters());
        boolean strict = Boolean.TRUE.equals(function.strict()) && model.keepsSchemas();
        node.set("input_schema", strict ? ClaudeSchema.closed(input) : input);
        if (strict) node.put("strict", true);
        if (function.cache() != null) node.set("cache_control", function.cache());
        return node;
    }

    private static ObjectNode search(Tool.WebSearch search) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("type", "web_search_20250305")
                .put("name", "web_search");
        if (search.usesMax() != null) node.put("max_uses", search.usesMax());
        else if (search.contextSize() != null)
            node.put(
                    "max_uses",
                    switch (search.contextSize()) {
                        case "low" -> 1;
                        case "high" -> 10;
                        default -> 5;
                    });
        // Only one of the two may be said, and what is allowed says more.
        List<String> domains = search.allowedDomains().isEmpty() ? search.blockedDomains() : search.allowedDomains();
        if (!domains.isEmpty()) {
            ArrayNode list = node.putArray(search.allowedDomains().isEmpty() ? "blocked_domains" : "allowed_domains");
            domains.forEach(list::add);
        }
        if (search.location() != null && search.location().isObject()) {
            ObjectNode location = ((ObjectNode) search.location()).deepCopy();
            node.set("user_location", location.put("type", "approximate"));
        }
        return node;
    }

    private @Nullable String tier() {
        if (said.serviceTier() == null) return null;
        return switch (said.serviceTier()) {
            case "auto", "priority" -> "auto";
            case "default", "standard_only" -> "standard_only";
            default -> null;
        };
    }
}

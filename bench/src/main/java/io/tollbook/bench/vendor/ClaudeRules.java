package io.tollbook.bench.vendor;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Anthropic refuses in a request for a message, of what is easily done wrong. */
public final class ClaudeRules {
    private static final Pattern TOOL_ID = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern ADAPTIVE = Pattern.compile("opus-4-[678]|sonnet-4-6|claude-[a-z]+-5(-|$)");
    private static final Pattern ADAPTIVE_ONLY = Pattern.compile("opus-4-[78]|claude-[a-z]+-5(-|$)");
    private static final Set<String> FIELDS = Set.of(
            "model",
            "max_tokens",
            "messages",
            "system",
            "stream",
            "tools",
            "tool_choice",
            "thinking",
            "output_config",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "metadata",
            "service_tier");
    private static final Set<String> SCHEMA_UNKNOWN = Set.of(
            "minimum", "maximum", "exclusiveMinimum", "multipleOf", "minLength", "maxLength", "maxItems", "$schema");

    private static final class No extends RuntimeException {
        private static final long serialVersionUID = 1L;

        No(String message) {
            super(message, null, false, false);
        }
    }

    /** Which fields need a beta, by the beginning of its name. */
    private static final Map<String, String> BETAS = Map.of(
            "context_management", "context-management-", "mcp_servers", "mcp-client-", "container", "code-execution-");

    private final JsonNode root;
    private final String betas;
    private final String model;
    private boolean thinks;

    private ClaudeRules(JsonNode root, String betas) {
        this.root = root;
        this.betas = betas;
        model = root.path("model").asString("");
    }

    /** The signature that thinking of this text has. */
    public static String signature(String thinking) {
        return "EsigA+/" + Integer.toHexString(thinking.hashCode()) + "==";
    }

    /** What is wrong with a request that asks for no beta; null for nothing. */
    public static @Nullable String fault(JsonNode root) {
        return fault(root, "");
    }

    /** @param betas what its header asks for */
    public static @Nullable String fault(JsonNode root, String betas) {
        try {
            new ClaudeRules(root, betas).check();
            return null;
        } catch (No no) {
            return no.getMessage();
        }
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) throw new No(otherwise);
    }

    private void check() {
        root.propertyNames().forEach(name -> demand(isKnown(name), name + ": Extra inputs are not permitted"));
        demand(!model.isEmpty(), "model: Field required");
        demand(root.path("max_tokens").asLong(0) > 0, "max_tokens: Field required");
        demand(!root.path("messages").isEmpty(), "messages: at least one message is required");
        thinking();
        sampling();
        for (JsonNode block : root.path("system")) text(block, "system");
        messages();
        tools();
        JsonNode format = root.path("output_config").path("format");
        if (!format.isMissingNode()) {
            demand(format.path("type").asString("").equals("json_schema"), "output_config.format.type");
            schema(format.path("schema"), "output_config.format.schema");
        }
    }

    private boolean isKnown(String field) {
        String beta = BETAS.get(field);
        return FIELDS.contains(field) || beta != null && betas.contains(beta);
    }

    private void thinking() {
        JsonNode thinking = root.path("thinking");
        String type = thinking.path("type").asString("");
        boolean adaptive = ADAPTIVE.matcher(model).find();
        if (type.equals("enabled")) {
            demand(!ADAPTIVE_ONLY.matcher(model).find(), "\"thinking.type.enabled\" is not supported for this model.");
            long budget = thinking.path("budget_tokens").asLong(0);
            demand(budget >= 1024, "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
            demand(
                    root.path("max_tokens").asLong() > budget,
                    "`max_tokens` must be greater than `thinking.budget_tokens`.");
            thinks = true;
        } else if (type.equals("adaptive")) {
            demand(adaptive, "adaptive thinking is not supported on this model");
            thinks = true;
        }
        if (root.path("output_config").has("effort"))
            demand(adaptive, "This model does not support the effort parameter.");
        if (thinks) {
            String choice = root.path("tool_choice").path("type").asString("auto");
            demand(
                    choice.equals("auto") || choice.equals("none"),
                    "Thinking may not be enabled when tool_choice forces tool use.");
        }
    }

    private void sampling() {
        JsonNode temperature = root.path("temperature");
        if (!temperature.isMissingNode()) {
            double value = temperature.asDouble();
            demand(value >= 0 && value <= 1, "temperature: range: 0..1");
            demand(!thinks || value == 1, "`temperature` may only be set to 1 when thinking is enabled.");
        }
        demand(!thinks || !root.has("top_k"), "`top_k` must be unset when thinking is enabled.");
        demand(!thinks || !root.has("top_p"), "`top_p` must be greater than or equal to 0.95 or unset when thinking.");
        boolean any = root.has("temperature") || root.has("top_p") || root.has("top_k");
        demand(!any || !ADAPTIVE_ONLY.matcher(model).find(), "`temperature` is not supported for this model.");
        boolean old = model.contains("claude-3");
        demand(
                old || !(root.has("temperature") && root.has("top_p")),
                "`temperature` and `top_p` cannot both be specified for this model.");
        for (JsonNode stop : root.path("stop_sequences"))
            demand(!stop.asString("").isBlank(), "stop_sequences: each stop sequence must contain non-whitespace");
    }

    private void messages() {
        Set<String> open = new LinkedHashSet<>();
        List<JsonNode> messages = root.path("messages").valueStream().toList();
        for (int i = 0; i < messages.size(); i++) {
            String at = "messages." + i;
            String role = messages.get(i).path("role").asString("");
            demand(role.equals("user") || role.equals("assistant"), at + ".role");
            demand(i > 0 || role.equals("user"), "messages: first message must use the \"user\" role");
            JsonNode content = messages.get(i).path("content");
            demand(!content.isEmpty() || !content.asString("").isBlank(), at + ": content must be non-empty");
            results(open, content, at);
            boolean last = i == messages.size() - 1;
            for (JsonNode block : content) block(block, role, at, open);
            if (role.equals("assistant")) assistant(content, last, at);
        }
        demand(open.isEmpty(), "`tool_use` ids were found without `tool_result` blocks immediately after: " + open);
    }

    /** All results of the calls before, in front of everything else. */
    private static void results(Set<String> open, JsonNode content, String at) {
        boolean other = false;
        Set<String> answered = new HashSet<>();
        for (JsonNode block : content) {
            if (!block.path("type").asString("").equals("tool_result")) {
                other = true;
                continue;
            }
            demand(!other, at + ": tool_result blocks must come first");
            String id = block.path("tool_use_id").asString("");
            demand(open.contains(id), at + ": unexpected `tool_use_id` found in `tool_result` blocks: " + id);
            demand(answered.add(id), at + ": each tool_use must have a single result");
        }
        demand(
                answered.containsAll(open),
                at + ": `tool_use` ids were found without `tool_result` blocks immediately after: " + open);
        open.clear();
    }

    private void assistant(JsonNode content, boolean last, String at) {
        if (last) {
            demand(!ADAPTIVE.matcher(model).find(), "This model does not support assistant message prefill.");
            String text = content.path(content.size() - 1).path("text").asString("");
            demand(text.equals(text.stripTrailing()), at + ": final assistant content cannot end with whitespace");
        }
        boolean calls = content.valueStream()
                .anyMatch(block -> block.path("type").asString("").equals("tool_use"));
        String first = content.path(0).path("type").asString("");
        boolean adaptive = root.path("thinking").path("type").asString("").equals("adaptive");
        if (thinks && calls && !adaptive)
            demand(
                    first.equals("thinking") || first.equals("redacted_thinking"),
                    at + ": Expected `thinking` or `redacted_thinking`, but found `" + first + "`.");
    }

    private void block(JsonNode block, String role, String at, Set<String> open) {
        switch (block.path("type").asString("")) {
            case "text" -> text(block, at);
            case "thinking" -> {
                demand(role.equals("assistant"), at + ": thinking blocks are the assistant's");
                String thinking = block.path("thinking").asString("");
                demand(
                        block.path("signature").asString("").equals(signature(thinking)),
                        at + ": Invalid `signature` in `thinking` block");
            }
            case "redacted_thinking" ->
                demand(
                        block.path("data").asString("").startsWith("Ered"),
                        at + ": Invalid `data` in `redacted_thinking` block");
            case "tool_use" -> {
                demand(role.equals("assistant"), at + ": tool_use blocks are the assistant's");
                String id = block.path("id").asString("");
                demand(TOOL_ID.matcher(id).matches(), at + ".tool_use.id: String should match pattern: " + id);
                demand(open.add(id), at + ": `tool_use` ids must be unique");
                demand(block.path("input").isObject(), at + ".tool_use.input: Input should be an object");
                demand(!root.path("tools").isEmpty(), at + ": `tools` must be defined where tools were used");
            }
            case "tool_result" -> {
                demand(
                        !block.path("is_error").asBoolean(false)
                                || !block.path("content").isEmpty(),
                        at + ".tool_result: content cannot be empty if `is_error` is true");
                for (JsonNode inside : block.path("content")) block(inside, "user", at + ".tool_result", open);
            }
            case "image" -> {
                JsonNode source = block.path("source");
                if (source.path("type").asString("").equals("base64"))
                    demand(
                            source.path("media_type").asString("").matches("image/(jpeg|png|gif|webp)"),
                            at + ".image.source.base64.media_type");
            }
            case "document" -> {
                JsonNode source = block.path("source");
                if (source.path("type").asString("").equals("base64"))
                    demand(
                            source.path("media_type").asString("").equals("application/pdf"),
                            at + ".document.source.base64.media_type");
            }
            case "server_tool_use", "web_search_tool_result" -> demand(role.equals("assistant"), at);
            default -> throw new No(at + ": unknown block " + block);
        }
    }

    private static void text(JsonNode block, String at) {
        String text = block.path("text").asString("");
        demand(!text.isEmpty(), at + ": text content blocks must be non-empty");
        demand(!text.isBlank(), at + ": text content blocks must contain non-whitespace text");
    }

    private void tools() {
        Set<String> names = new HashSet<>();
        for (JsonNode tool : root.path("tools")) {
            demand(names.add(tool.path("name").asString("")), "tools: Tool names must be unique.");
            if (tool.has("type") && !tool.path("type").asString("").equals("custom")) continue;
            JsonNode schema = tool.path("input_schema");
            demand(schema.path("type").asString("").equals("object"), "tools.input_schema.type: Field required");
            if (tool.path("strict").asBoolean(false)) schema(schema, "tools.input_schema");
        }
        JsonNode choice = root.path("tool_choice");
        demand(choice.isMissingNode() || !names.isEmpty(), "tool_choice may only be specified while providing tools.");
        if (choice.path("type").asString("").equals("tool"))
            demand(names.contains(choice.path("name").asString("")), "tool_choice.name: no such tool");
        if (choice.path("type").asString("").equals("none"))
            demand(!choice.has("disable_parallel_tool_use"), "tool_choice.none.disable_parallel_tool_use: extra input");
    }

    private static void schema(JsonNode schema, String at) {
        if (schema.isArray()) for (JsonNode item : schema) schema(item, at);
        if (!schema.isObject()) return;
        if (schema.path("type").asString("").equals("object"))
            demand(
                    schema.path("additionalProperties").isBoolean()
                            && !schema.path("additionalProperties").asBoolean(true),
                    at + ": For 'object' type, 'additionalProperties' must be explicitly set to false");
        for (String word : SCHEMA_UNKNOWN)
            demand(
                    !schema.has(word) || schema.path(word).isObject(),
                    at + ": property '" + word + "' is not supported");
        schema.forEach(inside -> schema(inside, at));
    }
}

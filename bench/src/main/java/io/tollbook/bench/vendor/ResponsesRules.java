package io.tollbook.bench.vendor;

import static io.tollbook.bench.vendor.Mistake.unless;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses in a request for a response, of what is easily done wrong. */
public final class ResponsesRules {
    /** In front of whatever this vendor has sealed. */
    static final String SEAL = "gAAAA-double-";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Set<String> FIELDS = Set.of(
            "model",
            "input",
            "instructions",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "text",
            "reasoning",
            "include",
            "max_output_tokens",
            "temperature",
            "top_p",
            "top_logprobs",
            "metadata",
            "client_metadata",
            "store",
            "user",
            "safety_identifier",
            "service_tier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "truncation",
            "max_tool_calls");
    private static final Set<String> TOOLS =
            Set.of("function", "custom", "namespace", "tool_search", "web_search", "image_generation");
    private static final Map<String, Set<String>> CONTENT = Map.of(
            "user", Set.of("input_text", "input_image", "input_file", "input_audio"),
            "system", Set.of("input_text"),
            "developer", Set.of("input_text"),
            "assistant", Set.of("output_text", "refusal"));

    private ResponsesRules() {}

    /** What is wrong with a request; null for nothing. */
    static @Nullable String fault(JsonNode root) {
        try {
            check(root);
            return null;
        } catch (Mistake mistake) {
            return mistake.getMessage();
        }
    }

    private static void check(JsonNode root) {
        for (String field : root.propertyNames()) unless(FIELDS.contains(field), "Unknown parameter: '" + field + "'.");
        unless(
                !root.has("max_output_tokens") || root.path("max_output_tokens").asInt() >= 16,
                "Invalid 'max_output_tokens': integer below minimum value.");
        Set<String> names = new HashSet<>();
        for (JsonNode tool : root.path("tools")) tool(tool, names);
        if (root.path("input").isString()) return;
        unless(root.path("input").isArray() && !root.path("input").isEmpty(), "Missing required parameter: 'input'.");
        items(root.path("input"));
    }

    private static void tool(JsonNode tool, Set<String> names) {
        String type = tool.path("type").asString("");
        unless(TOOLS.contains(type), "Invalid value: '" + type + "' in 'tools'.");
        switch (type) {
            case "function", "custom" -> {
                String name = tool.path("name").asString("");
                unless(NAME.matcher(name).matches(), "Invalid 'tools[].name': '" + name + "'.");
                unless(names.add(name), "Duplicate tool name: '" + name + "'.");
                if (type.equals("custom")) return;
                unless(
                        tool.path("parameters").path("type").asString("").equals("object"),
                        "Invalid schema for function '" + name + "'.");
                unless(
                        !tool.path("strict").asBoolean(true)
                                || tool.path("parameters")
                                        .path("additionalProperties")
                                        .isBoolean(),
                        "Invalid schema for function '" + name + "': 'additionalProperties' is required to be false.");
            }
            case "namespace" -> unless(!tool.path("tools").isEmpty(), "Missing required parameter: 'tools[].tools'.");
            default -> {}
        }
    }

    private static void items(JsonNode input) {
        Set<String> open = new HashSet<>();
        for (int i = 0; i < input.size(); i++) {
            JsonNode item = input.path(i);
            String type = item.path("type").asString("message");
            switch (type) {
                case "message" -> message(item);
                case "function_call", "custom_tool_call", "tool_search_call" -> {
                    String told = type.startsWith("custom") ? "input" : "arguments";
                    unless(item.has(told), "Missing required parameter: 'input[" + i + "]." + told + "'.");
                    unless(
                            open.add(type + item.path("call_id").asString("")),
                            "Duplicate call_id in 'input[" + i + "]'.");
                }
                case "function_call_output", "custom_tool_call_output", "tool_search_output" -> {
                    String call = type.equals("tool_search_output")
                            ? "tool_search_call"
                            : type.substring(0, type.length() - "_output".length());
                    unless(
                            open.remove(call + item.path("call_id").asString("")),
                            "No tool call found for " + type + " in 'input[" + i + "]'.");
                }
                case "reasoning" -> {
                    unless(item.path("summary").isArray(), "Missing required parameter: 'input[" + i + "].summary'.");
                    unless(
                            item.path("encrypted_content").asString("").startsWith(SEAL),
                            "The encrypted content could not be verified.");
                    String next = input.path(i + 1).path("type").asString("");
                    unless(
                            i + 1 < input.size() && !next.endsWith("_output"),
                            "Item of type 'reasoning' was provided without its required following item.");
                }
                default -> throw new Mistake("Invalid value: '" + type + "' in 'input[" + i + "].type'.");
            }
        }
        for (String id : open) throw new Mistake("No tool output found for " + id + ".");
    }

    private static void message(JsonNode item) {
        Set<String> allowed = CONTENT.get(item.path("role").asString(""));
        unless(allowed != null, "Invalid value: '" + item.path("role").asString("") + "' in a message's role.");
        if (item.path("content").isString()) return;
        unless(!item.path("content").isEmpty(), "Missing required parameter: 'content'.");
        for (JsonNode part : item.path("content"))
            unless(
                    allowed != null && allowed.contains(part.path("type").asString("")),
                    "Invalid value: '" + part.path("type").asString("") + "' in a message's content.");
    }
}

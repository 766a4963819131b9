package io.tollbook.bench.vendor;

import static io.tollbook.bench.vendor.Mistake.unless;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What OpenAI refuses in a request for a chat completion, of what is easily done wrong. */
public final class ChatRules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Set<String> FIELDS = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "reasoning_effort",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "n",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logprobs",
            "top_logprobs",
            "logit_bias",
            "metadata",
            "store",
            "user",
            "safety_identifier",
            "service_tier",
            "prompt_cache_key",
            "verbosity",
            "web_search_options");

    private ChatRules() {}

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
                root.path("stream").asBoolean(false) || !root.has("stream_options"),
                "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
        Set<String> names = new HashSet<>();
        for (JsonNode tool : root.path("tools")) {
            unless(tool.path("type").asString("").equals("function"), "Invalid value: 'tools[].type'.");
            String name = tool.path("function").path("name").asString("");
            unless(NAME.matcher(name).matches(), "Invalid 'tools[].function.name': '" + name + "'.");
            unless(names.add(name), "Duplicate tool name: '" + name + "'.");
            JsonNode schema = tool.path("function").path("parameters");
            unless(
                    schema.isMissingNode() || schema.path("type").asString("").equals("object"),
                    "Invalid schema for function '" + name + "': schema must be a JSON Schema of 'type: \"object\"'.");
        }
        for (String field : new String[] {"tool_choice", "parallel_tool_calls"})
            unless(!root.has(field) || !names.isEmpty(), "'" + field + "' is only allowed when 'tools' are specified.");
        messages(root.path("messages"));
    }

    private static void messages(JsonNode messages) {
        unless(messages.isArray() && !messages.isEmpty(), "Invalid 'messages': empty array.");
        Set<String> open = new HashSet<>();
        for (JsonNode message : messages) {
            String role = message.path("role").asString("");
            if (!role.equals("tool"))
                unless(open.isEmpty(), "An assistant message with 'tool_calls' must be followed by tool messages.");
            JsonNode content = message.path("content");
            boolean says = content.isString() || content.isArray() && !content.isEmpty();
            switch (role) {
                case "system", "developer", "user" -> unless(says, "Invalid content of a message by " + role + ".");
                case "assistant" -> {
                    unless(
                            says || message.path("tool_calls").size() > 0,
                            "Invalid content of the assistant's message.");
                    for (JsonNode call : message.path("tool_calls")) call(call, open);
                }
                case "tool" -> {
                    unless(says, "Invalid content of a tool's message.");
                    unless(
                            open.remove(message.path("tool_call_id").asString("")),
                            "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'.");
                }
                default -> throw new Mistake("Invalid value: '" + role + "'.");
            }
        }
        unless(open.isEmpty(), "An assistant message with 'tool_calls' must be followed by tool messages.");
    }

    private static void call(JsonNode call, Set<String> open) {
        unless(call.path("function").path("arguments").isString(), "Invalid type for 'arguments'.");
        unless(NAME.matcher(call.path("function").path("name").asString("")).matches(), "Invalid function name.");
        String id = call.path("id").asString("");
        unless(id.length() <= 64, "Invalid 'tool_calls[].id': string too long.");
        unless(!id.isEmpty() && open.add(id), "Duplicate or missing 'tool_calls[].id'.");
    }
}

package io.tollbook.bench.clients;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a model is told by a request, in whichever dialect.
 *
 * @param tools their names
 * @param results what tools gave back, in the order of the conversation
 * @param words all that the user said
 */
record Heard(Set<String> tools, List<String> results, String words) {
    static Heard chat(JsonNode root) {
        Set<String> tools = new LinkedHashSet<>();
        for (JsonNode tool : root.path("tools"))
            tools.add(tool.path("function").path("name").asString(""));
        List<String> results = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (JsonNode message : root.path("messages"))
            switch (message.path("role").asString("")) {
                case "tool" -> results.add(text(message.path("content")));
                case "user" -> words.append(text(message.path("content"))).append('\n');
                default -> {}
            }
        return new Heard(tools, results, words.toString());
    }

    static Heard responses(JsonNode root) {
        Set<String> tools = new LinkedHashSet<>();
        for (JsonNode tool : root.path("tools")) tools.add(tool.path("name").asString(""));
        List<String> results = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (JsonNode item : root.path("input"))
            switch (item.path("type").asString("message")) {
                case "function_call_output", "custom_tool_call_output" -> results.add(text(item.path("output")));
                case "message" -> {
                    if (item.path("role").asString("").equals("user"))
                        words.append(text(item.path("content"))).append('\n');
                }
                default -> {}
            }
        return new Heard(tools, results, words.toString());
    }

    static Heard claude(JsonNode root) {
        Set<String> tools = new LinkedHashSet<>();
        for (JsonNode tool : root.path("tools")) tools.add(tool.path("name").asString(""));
        List<String> results = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (JsonNode message : root.path("messages")) {
            if (!message.path("role").asString("").equals("user")) continue;
            words.append(text(message.path("content"))).append('\n');
            for (JsonNode block : message.path("content"))
                if (block.path("type").asString("").equals("tool_result")) results.add(text(block.path("content")));
        }
        return new Heard(tools, results, words.toString());
    }

    static Heard gemini(JsonNode root) {
        Set<String> tools = new LinkedHashSet<>();
        for (JsonNode tool : root.path("tools"))
            for (JsonNode function : tool.path("functionDeclarations"))
                tools.add(function.path("name").asString(""));
        List<String> results = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        for (JsonNode content : root.path("contents")) {
            if (!content.path("role").asString("").equals("user")) continue;
            words.append(text(content.path("parts"))).append('\n');
            for (JsonNode part : content.path("parts"))
                if (part.has("functionResponse"))
                    results.add(part.path("functionResponse").path("response").toString());
        }
        return new Heard(tools, results, words.toString());
    }

    /** A text, or the texts of its parts. */
    private static String text(JsonNode content) {
        if (content.isString()) return content.asString();
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) text.append(part.path("text").asString(""));
        return text.toString();
    }
}

package io.tollbook.relay.dialect.claude;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.TokenWeights;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Counts the tokens of a request by the weights of Claude's tokenizer, which nobody but Anthropic has. */
public final class ClaudeTokens {
    private static final int PER_MESSAGE = 4;
    private static final int PER_TOOL = 8;
    /** The instructions that Anthropic adds where there are tools. */
    private static final int FOR_TOOLS = 346;
    /** The largest picture that is not made smaller first. */
    private static final int PER_PICTURE = 1_568;
    /** A page is its text and its picture. */
    private static final int PER_PAGE = 2_500;
    /** A page with a picture on it, in Base64. */
    private static final int PAGE_CHARS = 100_000;

    private final TokenWeights.Count text = TokenWeights.CLAUDE.count();
    private long others = 3;

    private ClaudeTokens() {}

    /** @param body a request for a message, or for its count */
    static long of(byte[] body) {
        try {
            return of(Json.MAPPER.readTree(body));
        } catch (JacksonException | NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Answers {@code count_tokens}.
     *
     * @throws Refused INVALID for what is no such question
     */
    public static byte[] answer(byte[] body) {
        JsonNode root = Json.object(body);
        Json.requiredText(root.path("model"), "model");
        if (Json.elements(root.path("messages"), "messages").isEmpty())
            throw Refused.invalid("messages: at least one message is required");
        return Json.MAPPER.writeValueAsBytes(Json.MAPPER.createObjectNode().put("input_tokens", of(root)));
    }

    private static long of(JsonNode root) {
        ClaudeTokens tokens = new ClaudeTokens();
        tokens.add(root.path("system"));
        for (JsonNode message : root.path("messages")) {
            tokens.others += PER_MESSAGE;
            tokens.add(message.path("content"));
        }
        JsonNode list = root.path("tools");
        if (!list.isEmpty()) tokens.others += FOR_TOOLS;
        for (JsonNode tool : list) {
            tokens.others += PER_TOOL;
            tokens.addWithNames(tool);
        }
        tokens.addWithNames(root.path("output_config").path("format"));
        return tokens.others + tokens.text.tokens();
    }

    private void add(JsonNode node) {
        if (node.isString()) {
            text.add(node.asString());
        } else if (node.isArray()) {
            for (JsonNode item : node) add(item);
        } else if (node.isObject()) {
            block(node);
        }
    }

    private void block(JsonNode block) {
        switch (block.path("type").asString("")) {
            case "text" -> add(block.path("text"));
            case "thinking" -> add(block.path("thinking"));
            case "image" -> others += PER_PICTURE;
            case "document" -> document(block);
            case "tool_use", "server_tool_use" -> {
                add(block.path("name"));
                addWithNames(block.path("input"));
            }
            case "tool_result" -> add(block.path("content"));
            case "redacted_thinking" ->
                others += block.path("data").asString("").length() / 4;
            default -> addWithNames(block);
        }
    }

    private void document(JsonNode block) {
        add(block.path("title"));
        add(block.path("context"));
        JsonNode source = block.path("source");
        switch (source.path("type").asString("")) {
            case "text" -> add(source.path("data"));
            case "content" -> add(source.path("content"));
            case "base64" ->
                others += PER_PAGE * (1L + source.path("data").asString("").length() / PAGE_CHARS);
            default -> others += PER_PAGE;
        }
    }

    private void addWithNames(JsonNode node) {
        if (node.isArray()) {
            for (JsonNode item : node) addWithNames(item);
        } else if (node.isObject()) {
            node.properties().forEach(field -> {
                text.add(field.getKey());
                addWithNames(field.getValue());
            });
        } else if (node.isValueNode() && !node.isNull()) {
            text.add(node.asString());
        }
    }
}

package io.tollbook.relay.dialect.claude;

import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerReader;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.UpstreamErrors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Understands a message, whole or as events. The events come in blocks with a number each; calls get numbers of their own, as
 * blocks of text and thinking are counted with them.
 */
final class ClaudeAnswerReader implements AnswerReader {
    private static final int ONLY = 0;

    /** A block that has begun. */
    private static final class Block {
        final JsonNode start;
        final String type;
        final int call;
        /** Of a block that only Claude knows: its input, until it is whole. Of a call: what it began with. */
        final StringBuilder input = new StringBuilder();

        boolean hasInput;
        int textFrom;

        Block(JsonNode start, int call) {
            this.start = start;
            this.type = start.path("type").asString("");
            this.call = call;
        }
    }

    private final Map<Integer, Block> blocks = new HashMap<>();
    private boolean begun;
    private boolean stopped;
    private boolean over;
    private int calls;
    private int characters;

    @Override
    public boolean isAnswer(JsonNode root) {
        return root.path("content").isArray();
    }

    @Override
    public Answer whole(JsonNode root) {
        List<Part> parts = new ClaudeBlocks("content").read(root.path("content"));
        StopReason stop = stop(root.path("stop_reason").asString(""));
        String sequence = sequence(root);
        return new Answer(
                root.path("id").asString(""), List.of(new Answer.Candidate(ONLY, parts, stop, sequence, null)));
    }

    @Override
    public void event(JsonNode data, Consumer<AnswerEvent> sink) {
        if (over) return;
        switch (data.path("type").asString("")) {
            case "message_start" -> {
                if (begun) return;
                begun = true;
                sink.accept(
                        new AnswerEvent.Begun(data.path("message").path("id").asString("")));
            }
            case "content_block_start" -> start(data.path("index").asInt(0), data.path("content_block"), sink);
            case "content_block_delta" -> {
                Block block = blocks.get(data.path("index").asInt(0));
                if (block != null) delta(block, data.path("delta"), sink);
            }
            case "content_block_stop" -> {
                Block block = blocks.remove(data.path("index").asInt(0));
                if (block != null) stop(block, sink);
            }
            case "message_delta" -> messageDelta(data.path("delta"), sink);
            case "message_stop" -> over = true;
            case "error" -> {
                over = true;
                sink.accept(new AnswerEvent.Failed(ClaudeErrors.inside(data)));
            }
            default -> {
                // A ping, or something newer than this.
            }
        }
    }

    private void start(int index, JsonNode start, Consumer<AnswerEvent> sink) {
        boolean isCall = start.path("type").asString("").equals("tool_use");
        Block block = new Block(start, isCall ? calls++ : -1);
        blocks.put(index, block);
        switch (block.type) {
            case "text" -> {
                block.textFrom = characters;
                text(start.path("text").asString(""), sink);
            }
            case "thinking" -> {
                thinking(start.path("thinking").asString(""), sink);
                sealed(start.path("signature").asString(""), sink);
            }
            case "redacted_thinking" ->
                sink.accept(new AnswerEvent.HiddenThinking(
                        ONLY,
                        null,
                        new Signature(Vendor.CLAUDE, start.path("data").asString(""))));
            case "tool_use" ->
                sink.accept(new AnswerEvent.ToolCallBegun(
                        ONLY,
                        block.call,
                        start.path("id").asString(""),
                        start.path("name").asString(""),
                        null));
            default -> {
                // Passed on when it is whole.
            }
        }
    }

    private void delta(Block block, JsonNode delta, Consumer<AnswerEvent> sink) {
        switch (delta.path("type").asString("")) {
            case "text_delta" -> text(delta.path("text").asString(""), sink);
            case "thinking_delta" -> thinking(delta.path("thinking").asString(""), sink);
            case "signature_delta" -> sealed(delta.path("signature").asString(""), sink);
            case "citations_delta" ->
                sink.accept(new AnswerEvent.Cited(
                        ONLY, ClaudeBlocks.citation(delta.path("citation"), block.textFrom, characters)));
            case "input_json_delta" -> {
                String fragment = delta.path("partial_json").asString("");
                if (fragment.isEmpty()) return;
                block.hasInput = true;
                if (block.call < 0) block.input.append(fragment);
                else sink.accept(new AnswerEvent.ToolArgumentsMore(ONLY, block.call, fragment));
            }
            default -> {
                // Something newer than this.
            }
        }
    }

    private void text(String text, Consumer<AnswerEvent> sink) {
        if (text.isEmpty()) return;
        characters += text.length();
        sink.accept(new AnswerEvent.TextMore(ONLY, text));
    }

    private static void thinking(String text, Consumer<AnswerEvent> sink) {
        if (!text.isEmpty()) sink.accept(new AnswerEvent.ThinkingMore(ONLY, text));
    }

    private static void sealed(String signature, Consumer<AnswerEvent> sink) {
        if (!signature.isEmpty())
            sink.accept(new AnswerEvent.Sealed(ONLY, null, new Signature(Vendor.CLAUDE, signature)));
    }

    private static void stop(Block block, Consumer<AnswerEvent> sink) {
        switch (block.type) {
            case "text", "thinking" -> sink.accept(new AnswerEvent.PartEnded(ONLY));
            case "redacted_thinking" -> {
                // It was whole when it began.
            }
            case "tool_use" -> {
                // Without a piece of input it is what stood at the beginning: nothing, or all of it from some
                // providers.
                JsonNode input = block.start.path("input");
                if (!block.hasInput)
                    sink.accept(new AnswerEvent.ToolArgumentsMore(
                            ONLY, block.call, input.isObject() ? input.toString() : "{}"));
            }
            default -> sink.accept(new AnswerEvent.Foreign(ONLY, new Part.Foreign(Vendor.CLAUDE, whole(block))));
        }
    }

    private static JsonNode whole(Block block) {
        if (!block.hasInput || !(block.start instanceof ObjectNode start)) return block.start;
        JsonNode input = Json.parsedObject(block.input.toString());
        return input == null ? start : start.deepCopy().set("input", input);
    }

    private void messageDelta(JsonNode delta, Consumer<AnswerEvent> sink) {
        String reason = delta.path("stop_reason").asString("");
        if (stopped || reason.isEmpty()) return;
        stopped = true;
        sink.accept(new AnswerEvent.Stopped(ONLY, stop(reason), sequence(delta)));
    }

    private static StopReason stop(String reason) {
        return switch (reason) {
            case "stop_sequence" -> StopReason.STOP_SEQUENCE;
            case "max_tokens", "model_context_window_exceeded" -> StopReason.LENGTH;
            case "tool_use" -> StopReason.TOOL_CALLS;
            case "refusal" -> StopReason.REFUSED;
            case "pause_turn" -> StopReason.PAUSED;
            default -> StopReason.FINISHED;
        };
    }

    private static @Nullable String sequence(JsonNode object) {
        JsonNode sequence = object.path("stop_sequence");
        return sequence.isString() ? sequence.asString() : null;
    }

    @Override
    public void end(Consumer<AnswerEvent> sink) {
        if (!over && !stopped) sink.accept(new AnswerEvent.Failed(UpstreamErrors.CUT));
    }

    @Override
    public boolean isOver() {
        return over;
    }
}

package io.tollbook.relay.dialect.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.bench.vendor.ClaudeRules;
import io.tollbook.relay.conversation.Conversation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Tool;
import io.tollbook.relay.conversation.Turn;
import io.tollbook.relay.conversation.Vendor;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that are written for Claude. */
final class Written {
    static final String SONNET = "claude-sonnet-4-5";
    static final Part.ToolCall CALL_A = new Part.ToolCall("call_a", "weather", "{\"city\":\"Ulm\"}");
    static final Part.ToolCall CALL_B = new Part.ToolCall("call_b", "weather", "{\"city\":\"Bonn\"}");
    static final Tool WEATHER = new Tool.Function(
            "weather",
            "Tells it.",
            json("{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}"),
            null,
            null);

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    static Turn user(Part... parts) {
        return new Turn(Turn.Role.USER, List.of(parts));
    }

    static Turn model(Part... parts) {
        return new Turn(Turn.Role.ASSISTANT, List.of(parts));
    }

    static Part text(String text) {
        return new Part.Text(text);
    }

    static Part result(String call, String text) {
        return new Part.ToolResult(call, null, List.of(text(text)), null, false, null);
    }

    static JsonNode written(String model, Consumer<Conversation.Draft> filling) {
        Conversation.Draft draft = new Conversation.Draft();
        draft.turns.add(user(text("Hello")));
        filling.accept(draft);
        JsonNode root = json(new String(ClaudeRequestWriter.write(draft.done(Vendor.OPENAI), model, 8_192)));
        assertThat(ClaudeRules.fault(root)).as(root.toString()).isNull();
        return root;
    }

    static JsonNode turns(Turn... turns) {
        return written(SONNET, draft -> {
                    draft.turns.clear();
                    draft.turns.addAll(List.of(turns));
                    draft.tools.add(WEATHER);
                })
                .path("messages");
    }

    static String types(JsonNode message) {
        return String.join(
                ",",
                message.path("content")
                        .valueStream()
                        .map(block -> block.path("type").asString())
                        .toList());
    }

    private Written() {}
}

package io.tollbook.bench.vendor;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A message as the events of a stream, in the vendor's order. */
public final class ClaudeEvents {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ClaudeEvents() {}

    /** @param whole a message */
    public static List<String> of(ObjectNode whole) {
        List<String> events = new ArrayList<>();
        ObjectNode start = whole.deepCopy();
        start.putArray("content");
        start.putNull("stop_reason").putNull("stop_sequence");
        ((ObjectNode) start.path("usage")).put("output_tokens", 1);
        events.add(event(object("message_start").set("message", start)));
        events.add(event(object("ping")));
        int index = 0;
        for (JsonNode block : whole.path("content")) block((ObjectNode) block, index++, events);
        ObjectNode delta = object("message_delta");
        delta.putObject("delta")
                .<ObjectNode>set("stop_reason", whole.path("stop_reason"))
                .set("stop_sequence", whole.path("stop_sequence"));
        events.add(event(delta.set("usage", whole.path("usage"))));
        events.add(event(object("message_stop")));
        return events;
    }

    private static void block(ObjectNode block, int index, List<String> events) {
        String type = block.path("type").asString();
        ObjectNode start = block.deepCopy();
        List<ObjectNode> deltas = new ArrayList<>();
        switch (type) {
            case "text" -> {
                start.put("text", "");
                start.remove("citations");
                for (String piece : VendorDouble.pieces(block.path("text").asString()))
                    deltas.add(object("text_delta").put("text", piece));
                for (JsonNode citation : block.path("citations"))
                    deltas.add(object("citations_delta").set("citation", citation));
            }
            case "thinking" -> {
                start.put("thinking", "").put("signature", "");
                for (String piece : VendorDouble.pieces(block.path("thinking").asString()))
                    deltas.add(object("thinking_delta").put("thinking", piece));
                deltas.add(object("signature_delta").set("signature", block.path("signature")));
            }
            case "tool_use", "server_tool_use" -> {
                start.putObject("input");
                deltas.add(object("input_json_delta").put("partial_json", ""));
                String input = block.path("input").toString();
                if (!input.equals("{}"))
                    for (String piece : VendorDouble.pieces(input))
                        deltas.add(object("input_json_delta").put("partial_json", piece));
            }
            default -> {
                // Comes whole.
            }
        }
        events.add(event(object("content_block_start").put("index", index).set("content_block", start)));
        for (ObjectNode delta : deltas)
            events.add(event(object("content_block_delta").put("index", index).set("delta", delta)));
        events.add(event(object("content_block_stop").put("index", index)));
    }

    private static ObjectNode object(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static String event(JsonNode data) {
        return "event: " + data.path("type").asString() + "\ndata: " + data + "\n\n";
    }
}

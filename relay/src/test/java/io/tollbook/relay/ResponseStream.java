package io.tollbook.relay;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A whole response as the events of a stream, in the vendor's order. */
final class ResponseStream {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<String> events = new ArrayList<>();

    ResponseStream(ObjectNode response, ObjectNode begun) {
        say(fields("response.created").set("response", begun));
        say(fields("response.in_progress").set("response", begun));
        for (int i = 0; i < response.path("output").size(); i++)
            item(i, response.path("output").get(i));
        say(fields("response." + response.path("status").asString()).set("response", response));
    }

    String[] events() {
        return events.toArray(String[]::new);
    }

    private static ObjectNode fields(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private void say(JsonNode event) {
        ((ObjectNode) event).put("sequence_number", events.size());
        events.add("event: " + event.path("type").asString() + "\ndata: " + JSON.writeValueAsString(event) + "\n\n");
    }

    private void item(int index, JsonNode item) {
        ObjectNode begun = ((ObjectNode) item.deepCopy());
        if (begun.has("status")) begun.put("status", "in_progress");
        if (begun.has("content")) begun.putArray("content");
        if (begun.has("summary")) begun.putArray("summary");
        if (begun.has("arguments")) begun.put("arguments", "");
        say(fields("response.output_item.added").put("output_index", index).set("item", begun));
        switch (item.path("type").asString()) {
            case "reasoning" -> {
                JsonNode part = item.path("summary").get(0);
                say(at("response.reasoning_summary_part.added", index, item, "summary_index")
                        .set("part", empty(part)));
                for (String piece : Model.pieces(part.path("text").asString()))
                    say(at("response.reasoning_summary_text.delta", index, item, "summary_index")
                            .put("delta", piece));
                say(at("response.reasoning_summary_text.done", index, item, "summary_index")
                        .set("text", part.path("text")));
                say(at("response.reasoning_summary_part.done", index, item, "summary_index")
                        .set("part", part));
            }
            case "message" -> {
                JsonNode part = item.path("content").get(0);
                say(at("response.content_part.added", index, item, "content_index")
                        .set("part", empty(part)));
                for (String piece : Model.pieces(part.path("text").asString()))
                    say(at("response.output_text.delta", index, item, "content_index")
                            .put("delta", piece)
                            .set("logprobs", JSON.createArrayNode()));
                say(at("response.output_text.done", index, item, "content_index")
                        .put("text", part.path("text").asString())
                        .set("logprobs", JSON.createArrayNode()));
                say(at("response.content_part.done", index, item, "content_index")
                        .set("part", part));
            }
            case "function_call" -> {
                for (String piece : Model.pieces(item.path("arguments").asString()))
                    say(fields("response.function_call_arguments.delta")
                            .put("item_id", item.path("id").asString())
                            .put("output_index", index)
                            .put("delta", piece));
                say(fields("response.function_call_arguments.done")
                        .put("item_id", item.path("id").asString())
                        .put("name", item.path("name").asString())
                        .put("output_index", index)
                        .set("arguments", item.path("arguments")));
            }
            default -> throw new IllegalArgumentException(item.toString());
        }
        say(fields("response.output_item.done").put("output_index", index).set("item", item));
    }

    private static ObjectNode at(String type, int index, JsonNode item, String place) {
        return fields(type)
                .put("item_id", item.path("id").asString())
                .put("output_index", index)
                .put(place, 0);
    }

    private static JsonNode empty(JsonNode part) {
        return ((ObjectNode) part.deepCopy()).put("text", "");
    }
}

package io.tollbook.relay.dialect.responses;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the provider did itself, and tells of when it is done: a search, or a picture. */
final class RanItem extends OutputItem {
    private final ObjectNode whole;
    private final String[] stages;

    private RanItem(ResponseEvents events, ArrayNode output, ObjectNode whole, ObjectNode begun, String... stages) {
        super(events, output, begun);
        this.whole = whole;
        this.stages = stages;
    }

    static RanItem search(ResponseEvents events, ArrayNode output, String id, String query) {
        ObjectNode item = ResponseEvents.fields().put("id", "ws_" + id).put("type", "web_search_call");
        ObjectNode whole = item.deepCopy();
        whole.put("status", "completed")
                .putObject("action")
                .put("type", "search")
                .put("query", query);
        return new RanItem(
                events, output, whole, item.put("status", "in_progress"), "in_progress", "searching", "completed");
    }

    /** @param data in Base64 */
    static RanItem picture(ResponseEvents events, ArrayNode output, String id, String format, String data) {
        ObjectNode item = ResponseEvents.fields().put("id", "ig_" + id).put("type", "image_generation_call");
        ObjectNode whole = item.deepCopy();
        whole.put("status", "completed").put("output_format", format).put("result", data);
        return new RanItem(
                events,
                output,
                whole,
                item.put("status", "in_progress").putNull("result"),
                "in_progress",
                "generating",
                "completed");
    }

    /** An item that came as it is. */
    static RanItem asItCame(ResponseEvents events, ArrayNode output, ObjectNode item) {
        return new RanItem(events, output, item, item.deepCopy());
    }

    @Override
    protected void finish(String status) {
        String type = whole.path("type").asString();
        for (String stage : stages) events.say("response." + type + "." + stage, here());
        item.setAll(whole);
    }
}

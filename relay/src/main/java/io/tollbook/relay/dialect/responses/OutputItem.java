package io.tollbook.relay.dialect.responses;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An item of the output from the event that adds it to the one that ends it. */
abstract class OutputItem {
    protected final ResponseEvents events;
    protected final ObjectNode item;
    private final int index;

    /** @param item as it begins; its id is there */
    protected OutputItem(ResponseEvents events, ArrayNode output, ObjectNode item) {
        this.events = events;
        this.item = item;
        index = output.size();
        output.add(item);
        say("response.output_item.added");
    }

    private void say(String type) {
        ObjectNode fields = ResponseEvents.fields().put("output_index", index);
        fields.set("item", item);
        events.say(type, fields);
    }

    /** The fields of an event about this item. */
    protected final ObjectNode here() {
        return ResponseEvents.fields()
                .put("item_id", item.path("id").asString())
                .put("output_index", index);
    }

    /** @param status completed or incomplete */
    final void end(String status) {
        finish(status);
        say("response.output_item.done");
    }

    /** Makes the item whole. */
    protected abstract void finish(String status);
}

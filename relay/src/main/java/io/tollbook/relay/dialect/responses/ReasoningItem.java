package io.tollbook.relay.dialect.responses;

import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Vendor;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the model thinks: as a summary where it may be read, and sealed for the next turn. */
final class ReasoningItem extends OutputItem {
    private static final int PART = 0;

    private final StringBuilder thought = new StringBuilder();
    private boolean summed;

    ReasoningItem(ResponseEvents events, ArrayNode output, String id) {
        super(events, output, begin(id));
    }

    private static ObjectNode begin(String id) {
        ObjectNode item = ResponseEvents.fields().put("id", id).put("type", "reasoning");
        item.putArray("summary");
        return item;
    }

    void text(String more) {
        if (more.isEmpty()) return;
        sum();
        thought.append(more);
        events.say("response.reasoning_summary_text.delta", inPart().put("delta", more));
    }

    /** What was shown so far, nothing perhaps, is sealed: with a summary it is told from thinking that may not be shown. */
    void seal(Signature signature) {
        sum();
        hide(signature);
    }

    void hide(Signature signature) {
        item.put("encrypted_content", signature.shownTo(Vendor.RESPONSES));
    }

    private void sum() {
        if (summed) return;
        summed = true;
        say("response.reasoning_summary_part.added", "");
    }

    private void say(String type, String text) {
        ObjectNode fields = inPart();
        fields.putObject("part").put("type", "summary_text").put("text", text);
        events.say(type, fields);
    }

    private ObjectNode inPart() {
        return here().put("summary_index", PART);
    }

    @Override
    protected void finish(String status) {
        if (!summed) return;
        String all = thought.toString();
        events.say("response.reasoning_summary_text.done", inPart().put("text", all));
        say("response.reasoning_summary_part.done", all);
        item.withArray("summary").addObject().put("type", "summary_text").put("text", all);
    }
}

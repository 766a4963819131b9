package io.tollbook.relay.dialect.responses;

import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Vendor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the model says to the user: text with where it comes from, or a refusal. */
final class MessageItem extends OutputItem {
    private static final String TEXT = "output_text";

    private final StringBuilder said = new StringBuilder();
    private @Nullable ObjectNode part;
    private int parts;
    /** Where the block of text begins that is being written. */
    private int block;

    MessageItem(ResponseEvents events, ArrayNode output, String id) {
        super(events, output, begin(id));
    }

    private static ObjectNode begin(String id) {
        ObjectNode item =
                ResponseEvents.fields().put("id", id).put("type", "message").put("status", "in_progress");
        item.putArray("content");
        return item.put("role", "assistant");
    }

    void text(String more) {
        part(TEXT);
        said.append(more);
        ObjectNode fields = inPart().put("delta", more);
        fields.putArray("logprobs");
        events.say("response.output_text.delta", fields);
    }

    void refusal(String more) {
        part("refusal");
        said.append(more);
        events.say("response.refusal.delta", inPart().put("delta", more));
    }

    void logprobs(JsonNode more) {
        part(TEXT).withArray("logprobs").addAll((ArrayNode) more.path("content"));
    }

    /** Sources of documents that only their own vendor knows are left out. */
    void cite(Citation citation) {
        if (citation.url() == null) return;
        ArrayNode annotations = (ArrayNode) part(TEXT).withArray("annotations");
        JsonNode annotation = citation.vendor() == Vendor.RESPONSES ? citation.original() : annotation(citation);
        annotations.add(annotation);
        ObjectNode fields = inPart().put("annotation_index", annotations.size() - 1);
        fields.set("annotation", annotation);
        events.say("response.output_text.annotation.added", fields);
    }

    private ObjectNode annotation(Citation citation) {
        int from = citation.from() < 0 ? block : citation.from();
        int to = citation.to() < 0 ? said.length() : citation.to();
        return ResponseEvents.fields()
                .put("type", "url_citation")
                .put("start_index", from)
                .put("end_index", to)
                .put("url", citation.url())
                .put("title", citation.title() == null ? "" : citation.title());
    }

    /** Another block of text follows, in the same message. */
    void endBlock() {
        block = said.length();
    }

    private ObjectNode part(String type) {
        if (part != null && part.path("type").asString().equals(type)) return part;
        endPart();
        ObjectNode begun = ResponseEvents.fields().put("type", type);
        if (type.equals(TEXT)) {
            begun.putArray("annotations");
            begun.putArray("logprobs");
            begun.put("text", "");
        } else {
            begun.put("refusal", "");
        }
        part = begun;
        ObjectNode fields = inPart();
        fields.set("part", begun);
        events.say("response.content_part.added", fields);
        return begun;
    }

    private ObjectNode inPart() {
        return here().put("content_index", parts);
    }

    private void endPart() {
        ObjectNode ended = part;
        if (ended == null) return;
        String all = said.toString();
        ObjectNode fields = inPart();
        if (ended.has("text")) {
            ended.put("text", all);
            fields.put("text", all).set("logprobs", ended.path("logprobs"));
            events.say("response.output_text.done", fields);
        } else {
            ended.put("refusal", all);
            events.say("response.refusal.done", fields.put("refusal", all));
        }
        ObjectNode done = inPart();
        done.set("part", ended);
        events.say("response.content_part.done", done);
        item.withArray("content").add(ended);
        part = null;
        parts++;
        said.setLength(0);
        block = 0;
    }

    @Override
    protected void finish(String status) {
        endPart();
        item.put("status", status);
    }
}

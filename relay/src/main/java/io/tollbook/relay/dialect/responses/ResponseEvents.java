package io.tollbook.relay.dialect.responses;

import io.tollbook.relay.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The events of a stream, numbered as they go. Where nobody reads them, none are written. */
final class ResponseEvents {
    private @Nullable ByteArrayOutputStream out;
    private long next;

    /** Where what is said from here on goes; null for nowhere. */
    void to(@Nullable ByteArrayOutputStream reader) {
        out = reader;
    }

    /** The number of the next event. */
    long next() {
        return next;
    }

    static ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }

    void say(String type, ObjectNode fields) {
        ByteArrayOutputStream reader = out;
        if (reader == null) return;
        ObjectNode data = fields().put("type", type).put("sequence_number", next++);
        data.setAll(fields);
        reader.writeBytes(("event: " + type + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
        reader.writeBytes(Json.MAPPER.writeValueAsBytes(data));
        reader.write('\n');
        reader.write('\n');
    }
}

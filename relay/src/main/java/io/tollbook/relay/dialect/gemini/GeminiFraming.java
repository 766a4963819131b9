package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.dialect.TextEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the pieces of a stream follow each other: as events, or for who does not ask for those, as one JSON array. */
abstract class GeminiFraming {
    static GeminiFraming of(boolean events) {
        return events ? new Events() : new List();
    }

    /** The end of an array that has begun and cannot go on. */
    static byte[] broken(byte[] error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(",\r\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(error);
        out.writeBytes("\n]\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    abstract String type();

    abstract void write(JsonNode piece, ByteArrayOutputStream out);

    /** A piece of which only a text is another each time. */
    abstract TextEvent text(JsonNode piece);

    void write(TextEvent piece, String text, ByteArrayOutputStream out) {
        piece.write(text, out);
    }

    abstract void end(ByteArrayOutputStream out);

    private static final class Events extends GeminiFraming {
        @Override
        String type() {
            return "text/event-stream";
        }

        @Override
        void write(JsonNode piece, ByteArrayOutputStream out) {
            out.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(JsonMapper.shared().writeValueAsBytes(piece));
            out.writeBytes("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        TextEvent text(JsonNode piece) {
            return TextEvent.around("data: ", piece, "\r\n\r\n");
        }

        @Override
        void end(ByteArrayOutputStream out) {}
    }

    private static final class List extends GeminiFraming {
        private boolean hasBegun;

        @Override
        String type() {
            return "application/json";
        }

        @Override
        void write(JsonNode piece, ByteArrayOutputStream out) {
            begin(out);
            out.writeBytes(JsonMapper.shared().writeValueAsBytes(piece));
        }

        @Override
        TextEvent text(JsonNode piece) {
            return TextEvent.around("", piece, "");
        }

        @Override
        void write(TextEvent piece, String text, ByteArrayOutputStream out) {
            begin(out);
            piece.write(text, out);
        }

        private void begin(ByteArrayOutputStream out) {
            out.writeBytes((hasBegun ? ",\r\n" : "[").getBytes(StandardCharsets.US_ASCII));
            hasBegun = true;
        }

        @Override
        void end(ByteArrayOutputStream out) {
            out.writeBytes((hasBegun ? "\n]\n" : "[]\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}

package io.tollbook.bench.upstream;

/** Renders what Claude streams, framed for HTTP. Not for several threads. */
final class ClaudeAnswers {
    private final Bytes event = new Bytes();
    private final Bytes out = new Bytes();

    /** What comes before the first piece. */
    byte[] begin(Receipt receipt) {
        out.clear();
        begin("message_start")
                .put(",\"message\":{\"id\":\"")
                .put(receipt.id())
                .put("\",\"type\":\"message\",\"role\":\"assistant\",\"model\":")
                .put(Answers.quoted(receipt.model()))
                .put(",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":");
        usage(receipt.usage(), 1);
        event.put("}");
        end();
        begin("content_block_start").put(",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        end();
        return out.copy();
    }

    /** The same bytes each time. */
    byte[] piece() {
        out.clear();
        begin("content_block_delta").put(",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"word \"}");
        end();
        return out.copy();
    }

    byte[] end(Receipt receipt) {
        out.clear();
        begin("content_block_stop").put(",\"index\":0");
        end();
        begin("message_delta").put(",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":");
        usage(receipt.usage(), receipt.usage().completion());
        end();
        begin("message_stop");
        end();
        return out.put(Answers.LAST_CHUNK).copy();
    }

    private Bytes begin(String type) {
        return event.clear()
                .put("event: ")
                .put(type)
                .put("\ndata: {\"type\":\"")
                .put(type)
                .put("\"");
    }

    private void end() {
        event.put("}\n\n");
        Answers.frame(event, out);
    }

    private void usage(Usage usage, long answered) {
        event.put("{\"input_tokens\":").put(usage.prompt() - usage.cached());
        event.put(",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":")
                .put(usage.cached());
        event.put(",\"output_tokens\":").put(answered).put("}");
    }
}

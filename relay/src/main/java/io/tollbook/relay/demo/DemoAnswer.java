package io.tollbook.relay.demo;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.node.ObjectNode;

/** What goes back over the wire: whole, or as events at a human pace. */
final class DemoAnswer {
    private static final long PAUSE_NANOS = 25_000_000;

    private final HttpServletResponse response;

    /** What is done with each word. */
    interface Sink {
        void accept(String word) throws IOException;
    }

    DemoAnswer(HttpServletResponse response) {
        this.response = response;
    }

    void id(String name, String id) {
        response.setHeader(name, id);
    }

    void whole(ObjectNode root) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(DemoDialect.JSON.writeValueAsBytes(root));
    }

    void fault(DemoFault fault, ObjectNode root) throws IOException {
        response.setStatus(fault.status());
        if (fault.status() == 429 || fault.status() == 503 || fault.status() == 529)
            response.setHeader("Retry-After", "1");
        whole(root);
    }

    void begin(String type) {
        response.setContentType(type);
    }

    void event(ObjectNode data) throws IOException {
        raw("data: " + DemoDialect.JSON.writeValueAsString(data) + "\n\n");
    }

    /** An event that says its type twice, as some vendors do. */
    void named(ObjectNode data) throws IOException {
        raw("event: " + data.path("type").asString() + "\ndata: " + DemoDialect.JSON.writeValueAsString(data) + "\n\n");
    }

    void raw(String text) throws IOException {
        OutputStream out = response.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** One word after the other, as one would type. */
    void paced(List<String> words, Sink sink) throws IOException {
        for (String word : words) {
            sink.accept(word);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The words that come before an answer that breaks does. */
    static List<String> untilItBreaks(DemoReply reply) {
        return reply.breaks() ? reply.words().subList(0, reply.words().size() / 2) : reply.words();
    }
}

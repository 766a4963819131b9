package io.tollbook.bench.vendor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A provider whose answers a test writes; it keeps what it was asked. */
public abstract class VendorDouble implements AutoCloseable {
    /** @param headers by name in lower case */
    public record Asked(String method, String target, Map<String, String> headers, String body) {}

    /** @param headers as {@code Name: value} */
    public record Reply(int status, String type, String body, List<String> headers) {
        public static Reply json(int status, String body, String... headers) {
            return new Reply(status, "application/json", body, List.of(headers));
        }

        public static Reply events(String body, String... headers) {
            return new Reply(200, "text/event-stream", body, List.of(headers));
        }
    }

    private final HttpServer server;
    private final List<Asked> asked = new ArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    protected VendorDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public final URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            synchronized (asked) {
                asked.add(request);
            }
            Reply reply = answer(request);
            if (reply.status() >= 400) refused.add(reply.status() + " " + reply.body());
            exchange.getResponseHeaders().add("Content-Type", reply.type());
            for (String header : reply.headers()) {
                int colon = header.indexOf(':');
                exchange.getResponseHeaders()
                        .add(
                                header.substring(0, colon),
                                header.substring(colon + 1).strip());
            }
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            boolean isStream = reply.type().startsWith("text/event-stream");
            exchange.sendResponseHeaders(reply.status(), isStream ? 0 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    protected abstract Reply answer(Asked request);

    /** As a stream brings a text. */
    static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int to = Math.min(text.length(), at + 7);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) to++;
            pieces.add(text.substring(at, to));
            at = to;
        }
        return pieces;
    }

    /** What was asked last. */
    public final Asked last() {
        synchronized (asked) {
            if (asked.isEmpty()) throw new AssertionError("the provider was asked nothing");
            return asked.getLast();
        }
    }

    public final int count() {
        synchronized (asked) {
            return asked.size();
        }
    }

    /** What was answered to requests that were turned away. */
    public final List<String> refused() {
        return List.copyOf(refused);
    }

    @Override
    public final void close() {
        server.stop(0);
    }
}

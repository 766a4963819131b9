package io.tollbook.bench.upstream.gemini;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollbook.bench.vendor.Said;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Google's generateContent. It refuses what Google refuses, and goes wrong where it is told to: a prompt that says
 * {@code fail:429} is answered with that, {@code fail:blocked} is blocked, {@code fail:empty} has no answer, and
 * {@code fail:midway} breaks off in the middle of a stream.
 */
public final class GeminiUpstream implements AutoCloseable {
    public static final int PROMPT_TOKENS = 21;
    public static final int CACHED_TOKENS = 8;
    public static final int ANSWER_TOKENS = 7;
    public static final int THOUGHT_TOKENS = 5;

    /** What was asked. */
    public record Asked(String path, String query, JsonNode body, byte[] bytes, String client) {}

    private static final Pattern PATH =
            Pattern.compile("/v1beta/models/([^/]+):(generateContent|streamGenerateContent)");
    private static final Pattern FAILURE = Pattern.compile("fail:(\\w+)");

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong answers = new AtomicLong();

    private final List<String> refused = new CopyOnWriteArrayList<>();

    private final String key;
    private volatile @Nullable Function<JsonNode, Said> model;

    private GeminiUpstream(String key) throws IOException {
        this.key = key;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param key the only one it takes */
    public static GeminiUpstream start(String key) throws IOException {
        return new GeminiUpstream(key);
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** All requests up to now, the refused ones too. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public Asked last() {
        return asked.getLast();
    }

    /** Answers from now on what this makes of each request. */
    public void answers(Function<JsonNode, Said> thinker) {
        model = thinker;
    }

    /** What was answered to requests that were turned away. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            if (!path.matches()) {
                error(exchange, 404, "NOT_FOUND", "no such path");
                return;
            }
            if (!key.equals(exchange.getRequestHeaders().getFirst("x-goog-api-key"))) {
                error(exchange, 400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.");
                return;
            }
            String query = exchange.getRequestURI().getQuery();
            JsonNode body;
            try {
                body = JsonMapper.shared().readTree(bytes);
                asked.add(new Asked(
                        exchange.getRequestURI().getPath(),
                        query == null ? "" : query,
                        body,
                        bytes,
                        String.valueOf(exchange.getRequestHeaders().getFirst("x-goog-api-client"))));
                RequestRules.check(path.group(1), body);
            } catch (JacksonException | BadRequest e) {
                error(exchange, 400, "INVALID_ARGUMENT", e.getMessage());
                return;
            }
            answer(exchange, path.group(1), path.group(2).startsWith("stream"), "alt=sse".equals(query), body);
        }
    }

    private void answer(HttpExchange exchange, String model, boolean stream, boolean events, JsonNode body)
            throws IOException {
        Matcher failure = FAILURE.matcher(Reply.words(body));
        String failing = failure.find() ? failure.group(1) : "";
        switch (failing) {
            case "429" -> {
                exchange.getResponseHeaders().set("Retry-After", "7");
                error(exchange, 429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.");
                return;
            }
            case "500" -> {
                error(exchange, 500, "INTERNAL", "An internal error has occurred.");
                return;
            }
            default -> {}
        }
        String id = "resp-" + answers.incrementAndGet();
        ArrayNode pieces = JsonMapper.shared().createArrayNode();
        Function<JsonNode, Said> thinker = this.model;
        Reply reply = new Reply(model, body, thinker == null ? null : thinker.apply(body));
        ArrayNode parts = reply.parts();
        if (failing.equals("blocked") || failing.equals("empty")) {
            ObjectNode piece = piece(id, model, false);
            if (failing.equals("blocked")) piece.putObject("promptFeedback").put("blockReason", "SAFETY");
            pieces.add(piece);
        } else if (stream) {
            for (int i = 0; i < parts.size(); i++) {
                ObjectNode piece = piece(id, model, reply.thinks());
                candidate(piece, JsonMapper.shared().createArrayNode().add(parts.path(i)), i == parts.size() - 1);
                pieces.add(piece);
            }
        } else {
            ObjectNode piece = piece(id, model, reply.thinks());
            candidate(piece, parts, true);
            pieces.add(piece);
        }
        if (!stream) send(exchange, 200, "application/json", JsonMapper.shared().writeValueAsBytes(pieces.path(0)));
        else if (!events)
            send(exchange, 200, "application/json", JsonMapper.shared().writeValueAsBytes(pieces));
        else stream(exchange, pieces, failing.equals("midway"));
    }

    private static void candidate(ObjectNode piece, JsonNode parts, boolean last) {
        ObjectNode candidate = piece.putArray("candidates").addObject();
        ObjectNode content = candidate.putObject("content");
        content.set("parts", parts);
        content.put("role", "model");
        if (last) candidate.put("finishReason", "STOP");
        candidate.put("index", 0);
    }

    private static ObjectNode piece(String id, String model, boolean thinks) {
        ObjectNode piece = JsonMapper.shared().createObjectNode();
        int thoughts = thinks ? THOUGHT_TOKENS : 0;
        ObjectNode usage = piece.putObject("usageMetadata")
                .put("promptTokenCount", PROMPT_TOKENS)
                .put("candidatesTokenCount", ANSWER_TOKENS)
                .put("totalTokenCount", PROMPT_TOKENS + ANSWER_TOKENS + thoughts)
                .put("cachedContentTokenCount", CACHED_TOKENS);
        if (thinks) usage.put("thoughtsTokenCount", thoughts);
        usage.putArray("promptTokensDetails")
                .addObject()
                .put("modality", "TEXT")
                .put("tokenCount", PROMPT_TOKENS);
        return piece.put("modelVersion", model).put("responseId", id);
    }

    private static void stream(HttpExchange exchange, ArrayNode pieces, boolean breaks) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (JsonNode piece : pieces) {
            out.write(("data: " + piece + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (!breaks) continue;
            String error =
                    "{\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}";
            out.write(("data: " + error + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return;
        }
    }

    private void error(HttpExchange exchange, int status, String word, String message) throws IOException {
        refused.add(status + " " + message);
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.putObject("error").put("code", status).put("message", message).put("status", word);
        send(exchange, status, "application/json", JsonMapper.shared().writeValueAsBytes(root));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

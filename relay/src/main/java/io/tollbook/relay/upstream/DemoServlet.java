package io.tollbook.relay.upstream;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers chat completions without a model: it says back what it was asked, counts honestly, and streams at a human pace. */
public final class DemoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PAUSE_NANOS = 25_000_000;
    private static final int QUOTED_WORDS_MAX = 40;

    private final transient DemoProvider provider;
    private final AtomicLong answers = new AtomicLong();

    public DemoServlet(DemoProvider provider) {
        this.provider = provider;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!("Bearer " + provider.key()).equals(request.getHeader("Authorization"))) {
            response.setStatus(401);
            write(response, error("Incorrect API key provided.", "invalid_api_key"));
            return;
        }
        JsonNode body = JSON.readTree(request.getInputStream());
        String model = body.path("model").asString("demo-fast");
        String id = "chatcmpl-demo-" + answers.incrementAndGet();
        List<String> thinking = model.contains("thinking")
                ? words("The user wants to see that thinking is passed on and paid for.")
                : List.of();
        List<String> words = words(answer(body));
        ObjectNode usage = usage(body, thinking.size(), words.size());
        response.setHeader("x-request-id", id);
        if (body.path("stream").asBoolean(false)) stream(response, body, id, model, thinking, words, usage);
        else write(response, whole(id, model, thinking, words, usage));
    }

    private static String answer(JsonNode body) {
        String asked = "";
        for (JsonNode message : body.path("messages"))
            if (message.path("role").asString("").equals("user")) asked = text(message.path("content"));
        List<String> words = words(asked);
        String quoted = String.join("", words.subList(0, Math.min(QUOTED_WORDS_MAX, words.size())))
                .strip();
        return "Hello from the demo provider! You said: “" + quoted
                + "”. This answer was held for, counted and settled like any other.";
    }

    private static String text(JsonNode content) {
        if (content.isString()) return content.asString();
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) text.append(part.path("text").asString(""));
        return text.toString();
    }

    /** Words with the space behind them; each counts as a token. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("(?<= )")) if (!word.isEmpty()) words.add(word);
        return words;
    }

    private static ObjectNode usage(JsonNode body, int thinking, int answer) {
        int prompt = 3;
        for (JsonNode message : body.path("messages"))
            prompt += 3 + words(text(message.path("content"))).size();
        ObjectNode usage = JSON.createObjectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", thinking + answer)
                .put("total_tokens", prompt + thinking + answer);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", thinking);
        return usage;
    }

    private static ObjectNode whole(
            String id, String model, List<String> thinking, List<String> words, ObjectNode usage) {
        ObjectNode root = frame(id, model, "chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", String.join("", words));
        if (!thinking.isEmpty()) message.put("reasoning_content", String.join("", thinking));
        choice.put("finish_reason", "stop");
        root.set("usage", usage);
        return root;
    }

    private static ObjectNode frame(String id, String model, String object) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", System.currentTimeMillis() / 1_000)
                .put("model", model);
    }

    private static void stream(
            HttpServletResponse response,
            JsonNode body,
            String id,
            String model,
            List<String> thinking,
            List<String> words,
            ObjectNode usage)
            throws IOException {
        response.setContentType("text/event-stream");
        OutputStream out = response.getOutputStream();
        send(out, delta(id, model, "role", "assistant"));
        for (String word : thinking) {
            send(out, delta(id, model, "reasoning_content", word));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        for (String word : words) {
            send(out, delta(id, model, "content", word));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        ObjectNode last = frame(id, model, "chat.completion.chunk");
        ObjectNode choice = last.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", "stop");
        send(out, last);
        if (body.path("stream_options").path("include_usage").asBoolean(false)) {
            ObjectNode chunk = frame(id, model, "chat.completion.chunk");
            chunk.putArray("choices");
            chunk.set("usage", usage);
            send(out, chunk);
        }
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode delta(String id, String model, String field, String text) {
        ObjectNode chunk = frame(id, model, "chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put(field, text);
        choice.putNull("finish_reason");
        return chunk;
    }

    private static void send(OutputStream out, ObjectNode chunk) throws IOException {
        out.write(("data: " + JSON.writeValueAsString(chunk) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static ObjectNode error(String message, String code) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", "invalid_request_error")
                .put("code", code);
        return root;
    }

    private static void write(HttpServletResponse response, ObjectNode root) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(root));
    }
}

package io.tollbook.bench.vendor;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic, speaking its real protocol: one message that a test writes, sent whole or as the events it would come in. */
public final class ClaudeDouble extends VendorDouble {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USAGE =
            "{\"input_tokens\":40,\"cache_read_input_tokens\":60,\"cache_creation_input_tokens\":0,\"output_tokens\":20}";

    private volatile @Nullable Function<JsonNode, String> model;
    private volatile @Nullable Reply failure;
    private volatile int eventsMax = Integer.MAX_VALUE;

    public ClaudeDouble() throws IOException {}

    /** Answers with this message from now on. */
    public void says(String whole) {
        model = _ -> whole;
        failure = null;
        eventsMax = Integer.MAX_VALUE;
    }

    /** Answers from now on what this makes of each request. */
    public void answers(Function<JsonNode, Said> thinker) {
        model = asked -> {
            Said said = thinker.apply(asked);
            String thinking = asked.path("thinking").path("type").asString("disabled");
            return message(thinking.equals("disabled") ? new Said(null, said.text(), said.calls()) : said);
        };
        failure = null;
        eventsMax = Integer.MAX_VALUE;
    }

    /** A message that says this, its thinking sealed. */
    public static String message(Said said) {
        StringBuilder blocks = new StringBuilder();
        if (said.thinking() != null) blocks.append(thinking(said.thinking())).append(',');
        blocks.append("{\"type\":\"text\",\"text\":")
                .append(JSON.writeValueAsString(said.text()))
                .append('}');
        for (OpenAiDouble.Call call : said.calls())
            blocks.append(",{\"type\":\"tool_use\",\"id\":\"")
                    .append(call.id())
                    .append("\",\"name\":\"")
                    .append(call.name())
                    .append("\",\"input\":")
                    .append(call.arguments())
                    .append('}');
        return message(blocks.toString(), said.calls().isEmpty() ? "end_turn" : "tool_use", USAGE);
    }

    /** Answers with an error from now on. */
    public void fails(int status, String type, String text, String... headers) {
        failure = Reply.json(status, error(type, text), headers);
    }

    /** Breaks a stream off with an error after so many events. */
    public void failsInside(int events) {
        eventsMax = events;
    }

    /** A block of thinking, sealed as this vendor does. */
    public static String thinking(String text) {
        return JSON.createObjectNode()
                .put("type", "thinking")
                .put("thinking", text)
                .put("signature", ClaudeRules.signature(text))
                .toString();
    }

    /** A message of these blocks. */
    public static String message(String blocks, String stopReason, String usage) {
        return "{\"id\":\"msg_01double\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":["
                + blocks + "],\"stop_reason\":\"" + stopReason + "\",\"stop_sequence\":null,\"usage\":" + usage + "}";
    }

    @Override
    protected Reply answer(Asked request) {
        if (!request.headers().containsKey("x-api-key"))
            return Reply.json(401, error("authentication_error", "x-api-key header is required"));
        if (!request.headers().containsKey("anthropic-version"))
            return Reply.json(400, error("invalid_request_error", "anthropic-version: header is required"));
        if (!request.target().equals("/v1/messages") && !request.target().equals("/v1/messages?beta=true"))
            return Reply.json(404, error("not_found_error", "Not found"));
        Reply no = failure;
        if (no != null) return no;
        JsonNode asked = JSON.readTree(request.body());
        String fault = ClaudeRules.fault(asked, request.headers().getOrDefault("anthropic-beta", ""));
        if (fault != null) return Reply.json(400, error("invalid_request_error", fault));
        Function<JsonNode, String> thinker = model;
        if (thinker == null) throw new AssertionError("nobody said what to answer");
        String whole = thinker.apply(asked);
        String[] headers = {"request-id: req_double", "anthropic-ratelimit-requests-remaining: 49"};
        ObjectNode said = (ObjectNode) JSON.readTree(whole);
        said.set("model", asked.path("model"));
        return asked.path("stream").asBoolean(false)
                ? Reply.events(limited(said), headers)
                : Reply.json(200, said.toString(), headers);
    }

    private static String error(String type, String text) {
        ObjectNode root = JSON.createObjectNode().put("type", "error");
        root.putObject("error").put("type", type).put("message", text);
        return root.put("request_id", "req_double").toString();
    }

    private String limited(ObjectNode whole) {
        List<String> events = ClaudeEvents.of(whole);
        if (events.size() <= eventsMax) return String.join("", events);
        return String.join("", events.subList(0, eventsMax)) + "event: error\ndata: "
                + error("overloaded_error", "Overloaded") + "\n\n";
    }
}

package io.tollbook.bench.vendor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A provider of chat completions: one message that a test writes, sent whole or in chunks. */
public final class OpenAiDouble extends VendorDouble {
    /** @param arguments a JSON object's text */
    public record Call(String id, String name, String arguments) {}

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USAGE = "{\"prompt_tokens\":100,\"completion_tokens\":20,\"total_tokens\":120,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":60},\"completion_tokens_details\":{\"reasoning_tokens\":5}}";

    private volatile Function<JsonNode, Said> model = _ -> new Said(null, "", List.of());
    private volatile @Nullable Reply failure;

    public OpenAiDouble() throws IOException {}

    /** Answers with this from now on. */
    public void says(@Nullable String thought, String said, Call... called) {
        answers(_ -> new Said(thought, said, List.of(called)));
    }

    /** Answers from now on what this makes of each request. */
    public void answers(Function<JsonNode, Said> thinker) {
        model = thinker;
        failure = null;
    }

    /** Answers with an error from now on. */
    public void fails(int status, String type, String code, String message, String... headers) {
        failure = Reply.json(status, error(type, code, message), headers);
    }

    private static String error(String type, String code, String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error").put("message", message).put("type", type).put("code", code);
        return root.toString();
    }

    @Override
    protected Reply answer(Asked request) {
        if (!request.headers().getOrDefault("authorization", "").startsWith("Bearer "))
            return Reply.json(401, "{\"error\":{\"message\":\"no key\",\"type\":\"invalid_request_error\"}}");
        Reply no = failure;
        if (no != null) return no;
        JsonNode asked = JSON.readTree(request.body());
        String fault = ChatRules.fault(asked);
        if (fault != null) return Reply.json(400, error("invalid_request_error", "invalid_value", fault));
        Said said = model.apply(asked);
        return asked.path("stream").asBoolean(false)
                ? Reply.events(chunks(asked, said))
                : Reply.json(200, whole(asked, said));
    }

    private static ObjectNode root(String object, JsonNode asked) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-double")
                .put("object", object)
                .put("created", 1)
                .put("model", asked.path("model").asString(""));
    }

    private static String reason(Said said) {
        return said.calls().isEmpty() ? "stop" : "tool_calls";
    }

    private static String whole(JsonNode asked, Said said) {
        ObjectNode root = root("chat.completion", asked);
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", said.text());
        if (said.thinking() != null) message.put("reasoning_content", said.thinking());
        if (!said.calls().isEmpty()) {
            ArrayNode list = message.putArray("tool_calls");
            for (Call call : said.calls()) list.add(call(call, call.arguments()));
        }
        choice.put("finish_reason", reason(said));
        root.set("usage", JSON.readTree(USAGE));
        return root.toString();
    }

    private static ObjectNode call(Call call, String arguments) {
        ObjectNode node = JSON.createObjectNode().put("id", call.id()).put("type", "function");
        node.putObject("function").put("name", call.name()).put("arguments", arguments);
        return node;
    }

    private static String chunks(JsonNode asked, Said said) {
        List<Call> calls = said.calls();
        List<ObjectNode> deltas = new ArrayList<>();
        deltas.add(JSON.createObjectNode().put("role", "assistant").put("content", ""));
        if (said.thinking() != null)
            for (String piece : pieces(said.thinking()))
                deltas.add(JSON.createObjectNode().put("reasoning_content", piece));
        for (String piece : pieces(said.text()))
            deltas.add(JSON.createObjectNode().put("content", piece));
        for (int i = 0; i < calls.size(); i++) {
            deltas.add(delta(call(calls.get(i), ""), i));
            for (String piece : pieces(calls.get(i).arguments())) {
                ObjectNode more = JSON.createObjectNode();
                more.putObject("function").put("arguments", piece);
                deltas.add(delta(more, i));
            }
        }
        StringBuilder stream = new StringBuilder();
        for (ObjectNode delta : deltas) stream.append(chunk(asked, delta, null));
        stream.append(chunk(asked, JSON.createObjectNode(), reason(said)));
        if (asked.path("stream_options").path("include_usage").asBoolean(false)) {
            ObjectNode last = root("chat.completion.chunk", asked);
            last.putArray("choices");
            stream.append("data: ")
                    .append(last.set("usage", JSON.readTree(USAGE)))
                    .append("\n\n");
        }
        return stream.append("data: [DONE]\n\n").toString();
    }

    private static ObjectNode delta(ObjectNode call, int index) {
        ObjectNode delta = JSON.createObjectNode();
        delta.putArray("tool_calls").add(call.put("index", index));
        return delta;
    }

    private static String chunk(JsonNode asked, ObjectNode delta, @Nullable String reason) {
        ObjectNode root = root("chat.completion.chunk", asked);
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", reason);
        return "data: " + root + "\n\n";
    }
}

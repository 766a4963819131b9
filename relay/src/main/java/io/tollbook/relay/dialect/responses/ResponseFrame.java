package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.dialect.AnswerFrame;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The response around its output: it repeats what was asked, and what was not said with the vendor's own defaults. */
final class ResponseFrame {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode told;
    private final AnswerFrame call;

    /** @param told the request without its input */
    ResponseFrame(JsonNode told, AnswerFrame call) {
        this.told = told;
        this.call = call;
    }

    String id() {
        return "resp_" + call.id();
    }

    /**
     * @param incomplete why it is; null if it is not
     * @param charged null while it goes on
     */
    ObjectNode response(String status, ArrayNode output, @Nullable String incomplete, @Nullable Meters charged) {
        ObjectNode root = JSON.objectNode();
        root.put("id", id())
                .put("object", "response")
                .put("created_at", call.createdSeconds())
                .put("status", status)
                .put("background", false)
                .putNull("error");
        if (incomplete == null) root.putNull("incomplete_details");
        else root.putObject("incomplete_details").put("reason", incomplete);
        asked(root, "instructions", JSON.nullNode());
        asked(root, "max_output_tokens", JSON.nullNode());
        asked(root, "max_tool_calls", JSON.nullNode());
        root.put("model", call.model()).set("output", output);
        asked(root, "parallel_tool_calls", JSON.booleanNode(true));
        root.putNull("previous_response_id");
        asked(root, "prompt_cache_key", JSON.nullNode());
        reasoning(root.putObject("reasoning"));
        asked(root, "safety_identifier", JSON.nullNode());
        asked(root, "service_tier", JSON.stringNode("default"));
        // Nobody keeps it, whatever was asked.
        root.put("store", false);
        asked(root, "temperature", JSON.numberNode(1.0));
        text(root.putObject("text"));
        asked(root, "tool_choice", JSON.stringNode("auto"));
        asked(root, "tools", JSON.arrayNode());
        asked(root, "top_logprobs", JSON.numberNode(0));
        asked(root, "top_p", JSON.numberNode(1.0));
        asked(root, "truncation", JSON.stringNode("disabled"));
        if (charged == null) root.putNull("usage");
        else root.set("usage", usage(charged));
        asked(root, "user", JSON.nullNode());
        asked(root, "metadata", JSON.objectNode());
        return root;
    }

    private void asked(ObjectNode root, String name, JsonNode otherwise) {
        JsonNode value = told.path(name);
        root.set(name, value.isMissingNode() || value.isNull() ? otherwise : value);
    }

    private void reasoning(ObjectNode out) {
        JsonNode said = told.path("reasoning");
        out.put("effort", said.path("effort").stringValue(null));
        out.put("summary", said.path("summary").stringValue(null));
    }

    private void text(ObjectNode out) {
        JsonNode said = told.path("text");
        if (said.path("format").isObject()) out.set("format", said.path("format"));
        else out.putObject("format").put("type", "text");
        out.put("verbosity", said.path("verbosity").stringValue("medium"));
    }

    /** Cached tokens and thinking are parts here. */
    static ObjectNode usage(Meters charged) {
        ObjectNode usage = JSON.objectNode();
        usage.put("input_tokens", charged.promptTokens())
                .putObject("input_tokens_details")
                .put("cached_tokens", charged.of(Meter.CACHE_READ))
                .put("cache_write_tokens", charged.of(Meter.CACHE_WRITE_5M) + charged.of(Meter.CACHE_WRITE_1H));
        usage.put("output_tokens", charged.completionTokens())
                .putObject("output_tokens_details")
                .put("reasoning_tokens", charged.of(Meter.REASONING));
        return usage.put("total_tokens", charged.promptTokens() + charged.completionTokens());
    }
}

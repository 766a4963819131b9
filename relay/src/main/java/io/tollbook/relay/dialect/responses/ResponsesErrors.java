package io.tollbook.relay.dialect.responses;

import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.ErrorShape;
import io.tollbook.relay.dialect.Json;
import io.tollbook.relay.dialect.UpstreamErrors;
import io.tollbook.relay.dialect.openai.OpenAiErrors;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Failures as a client of the Responses API reads them. */
final class ResponsesErrors implements ErrorShape {
    static final ResponsesErrors SHAPE = new ResponsesErrors();

    /** What a response has failed for, as the status that a request would have had. */
    private static final Map<String, Integer> STATUS = Map.of(
            "rate_limit_exceeded", 429,
            "insufficient_quota", 429,
            "invalid_prompt", 400,
            "context_length_exceeded", 400,
            "model_not_found", 404,
            "server_is_overloaded", 503);

    private ResponsesErrors() {}

    @Override
    public int status(Failure failure) {
        return failure.status();
    }

    @Override
    public byte[] body(Failure failure, @Nullable String request) {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.set("error", error(failure, request));
        return Json.MAPPER.writeValueAsBytes(root);
    }

    @Override
    public void tell(LimitReached limit, BiConsumer<String, String> header) {
        OpenAiErrors.SHAPE.tell(limit, header);
    }

    private static ObjectNode error(Failure failure, @Nullable String request) {
        return Json.MAPPER
                .createObjectNode()
                .put("message", ErrorShape.message(failure, request))
                .put("type", failure.type())
                .put("param", failure.param())
                .put("code", failure.code());
    }

    @Override
    public byte[] event(Failure failure, String request) {
        return event(failure, request, 0, Json.MAPPER.createObjectNode().put("id", "resp_" + request));
    }

    /**
     * What ends a stream that has already begun: the error, for clients that raise it, and the response that failed, for those
     * that look at its status.
     *
     * @param sequence the number of the next event
     * @param response what is known of it
     */
    static byte[] event(Failure failure, String request, long sequence, ObjectNode response) {
        ObjectNode error = Json.MAPPER.createObjectNode().put("type", "error").put("sequence_number", sequence);
        ObjectNode cause = error(failure, request);
        // The documents have these fields here, the wire has them one deeper.
        error.setAll(cause.deepCopy().without("type"));
        error.set("error", cause);
        response.put("object", "response").put("status", "failed");
        String code = failure.code() == null ? "server_error" : failure.code();
        response.putObject("error").put("code", code).put("message", ErrorShape.message(failure, request));
        if (!response.has("output")) response.putArray("output");
        ObjectNode failed =
                Json.MAPPER.createObjectNode().put("type", "response.failed").put("sequence_number", sequence + 1);
        failed.set("response", response);
        return ("event: error\ndata: " + Json.MAPPER.writeValueAsString(error) + "\n\nevent: response.failed\ndata: "
                        + Json.MAPPER.writeValueAsString(failed) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The error in a response or in an event of one, wherever it stands; null if there is none. */
    static @Nullable Failure read(JsonNode root) {
        JsonNode error = root.path("error");
        if (!error.isObject()) error = root.path("response").path("error");
        if (!error.isObject() && root.path("type").stringValue("").equals("error")) error = root;
        if (error.isObject() && !error.isEmpty()) {
            ObjectNode found = ((ObjectNode) error).deepCopy();
            if (error == root || !found.path("type").isString()) found.put("type", "server_error");
            return withStatus(
                    UpstreamErrors.inside(JsonNodeFactory.instance.objectNode().set("error", found)));
        }
        return UpstreamErrors.isError(root) ? withStatus(UpstreamErrors.inside(root)) : null;
    }

    private static Failure withStatus(Failure failure) {
        int status = failure.code() == null ? 500 : STATUS.getOrDefault(failure.code(), 500);
        return new Failure(status, failure.type(), failure.code(), failure.param(), failure.message(), 0);
    }
}

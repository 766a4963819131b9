package io.tollbook.relay.dialect.claude;

import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.ErrorShape;
import io.tollbook.relay.dialect.UpstreamErrors;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Failures as a Claude client reads them: its kinds are few, and each has its status. */
public final class ClaudeErrors implements ErrorShape {
    public static final ClaudeErrors SHAPE = new ClaudeErrors();

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, Integer> STATUSES = Map.of(
            "invalid_request_error", 400,
            "authentication_error", 401,
            "billing_error", 402,
            "permission_error", 403,
            "not_found_error", 404,
            "request_too_large", 413,
            "rate_limit_error", 429,
            "api_error", 500,
            "timeout_error", 504,
            "overloaded_error", 529);

    private ClaudeErrors() {}

    /** An error event in the middle of a stream, with the status it would have had in front of one. */
    static Failure inside(JsonNode event) {
        Failure read = UpstreamErrors.inside(event);
        return new Failure(
                STATUSES.getOrDefault(read.type(), read.status()),
                read.type(),
                read.code(),
                read.param(),
                read.message(),
                read.retryAfterSeconds());
    }

    @Override
    public int status(Failure failure) {
        return STATUSES.get(type(failure));
    }

    private static String type(Failure failure) {
        if (failure.isAboutMoney()) return "billing_error";
        // A provider of the same dialect has said it.
        if (STATUSES.containsKey(failure.type()) && !isAskedWrongly(failure)) return failure.type();
        return switch (failure.status()) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 408, 504 -> "timeout_error";
            case 503, 529 -> "overloaded_error";
            default -> failure.status() < 500 ? "invalid_request_error" : "api_error";
        };
    }

    /** OpenAI has this word too, for an unknown model for one, so there the status says more. */
    private static boolean isAskedWrongly(Failure failure) {
        return failure.type().equals("invalid_request_error");
    }

    @Override
    public byte[] body(Failure failure, @Nullable String request) {
        return JSON.writeValueAsBytes(envelope(failure, request));
    }

    @Override
    public byte[] event(Failure failure, String request) {
        return ("event: error\ndata: " + JSON.writeValueAsString(envelope(failure, request)) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void tell(LimitReached limit, BiConsumer<String, String> header) {
        if (limit.most() == 0) return;
        Instant open = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(limit.retryAfterSeconds());
        header.accept("anthropic-ratelimit-requests-limit", Integer.toString(limit.most()));
        header.accept("anthropic-ratelimit-requests-remaining", "0");
        header.accept("anthropic-ratelimit-requests-reset", open.toString());
    }

    private static ObjectNode envelope(Failure failure, @Nullable String request) {
        ObjectNode envelope = JSON.createObjectNode().put("type", "error");
        envelope.putObject("error").put("type", type(failure)).put("message", ErrorShape.message(failure, request));
        if (request != null) envelope.put("request_id", request);
        return envelope;
    }
}

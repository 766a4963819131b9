package io.tollbook.relay.dialect;

import io.tollbook.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Refusals and failures as an OpenAI client reads them. */
public final class OpenAiErrors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * An answer that is an error.
     *
     * @param retryAfterSeconds 0 for none
     */
    public record Failure(
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message,
            int retryAfterSeconds) {}

    private OpenAiErrors() {}

    /** The one table from refusal to status, type and code. */
    public static Failure of(Refusal refusal, String message) {
        return switch (refusal) {
            case KEY_INVALID, KEY_DISABLED, KEY_EXPIRED, KEY_EXHAUSTED, SIGN_IN_REQUIRED ->
                own(401, "invalid_api_key", message);
            case ADDRESS_NOT_ALLOWED -> own(403, "access_denied", message);
            case USER_DISABLED, ACCOUNT_FROZEN, GROUP_NOT_ALLOWED, MODEL_NOT_ALLOWED, NOT_PERMITTED, READ_ONLY ->
                own(403, "access_denied", message);
            case INVALID -> new Failure(400, "invalid_request_error", "invalid_request", null, message, 0);
            case TOO_LARGE -> own(413, "read_request_body_failed", message);
            case NO_PRICE -> own(400, "model_price_error", message);
            case NO_CHANNEL, NOT_FOUND -> own(404, "model_not_found", message);
            case INSUFFICIENT_QUOTA, ACCOUNT_UNKNOWN -> own(403, "insufficient_user_quota", message);
            case TOKEN_QUOTA_INSUFFICIENT -> own(403, "pre_consume_token_quota_failed", message);
            case TOO_MANY_REQUESTS -> busy(429, "rate_limit_exceeded", message);
            case OVERLOADED -> busy(503, "system_overloaded", message);
            case LEDGER_UNAVAILABLE -> busy(503, "query_data_error", message);
            default -> own(500, "internal_error", message);
        };
    }

    public static Failure own(int status, String code, String message) {
        return new Failure(status, "new_api_error", code, null, message, 0);
    }

    private static Failure busy(int status, String code, String message) {
        return new Failure(status, "new_api_error", code, null, message, 1);
    }

    /** The body, with the request's id behind the message so that an operator can find the call. */
    public static byte[] body(Failure failure, String request) {
        return JSON.writeValueAsBytes(envelope(failure, request));
    }

    /** The body of an answer that belongs to no call. */
    public static byte[] body(Failure failure) {
        return JSON.writeValueAsBytes(envelope(failure, null));
    }

    /** One event of a stream that has already begun. */
    public static byte[] event(Failure failure, String request) {
        return ("data: " + JSON.writeValueAsString(envelope(failure, request)) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode envelope(Failure failure, @Nullable String request) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.putObject("error")
                .put(
                        "message",
                        request == null ? failure.message() : failure.message() + " (request id: " + request + ")")
                .put("type", failure.type())
                .put("param", failure.param() == null ? "" : failure.param())
                .put("code", failure.code() == null ? "" : failure.code());
        return envelope;
    }
}

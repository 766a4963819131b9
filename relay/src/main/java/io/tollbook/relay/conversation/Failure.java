package io.tollbook.relay.conversation;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.limit.LimitReached;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is an error, before it is written in a dialect.
 *
 * @param status of HTTP, as OpenAI's clients expect it
 * @param type OpenAI's word for its kind
 * @param code what programs tell it by; null for none
 * @param param the field it is about; null for none
 * @param retryAfterSeconds 0 for none
 */
public record Failure(
        int status,
        String type,
        @Nullable String code,
        @Nullable String param,
        String message,
        int retryAfterSeconds) {

    /** The one table from refusal to status, type and code; each dialect writes what comes of it in its own words. */
    public static Failure of(Refusal refusal, String message) {
        return switch (refusal) {
            case KEY_INVALID, KEY_DISABLED, KEY_EXPIRED, KEY_EXHAUSTED, SIGN_IN_REQUIRED ->
                own(401, "invalid_api_key", message);
            case ADDRESS_NOT_ALLOWED -> own(403, "access_denied", message);
            case USER_DISABLED, ACCOUNT_FROZEN, GROUP_NOT_ALLOWED, MODEL_NOT_ALLOWED, NOT_PERMITTED, READ_ONLY ->
                own(403, "access_denied", message);
            case INVALID -> invalid(message);
            case TOO_LARGE -> own(413, "read_request_body_failed", message);
            case NO_PRICE -> own(400, "model_price_error", message);
            case NO_CHANNEL, NOT_FOUND -> own(404, "model_not_found", message);
            case INSUFFICIENT_QUOTA, ACCOUNT_UNKNOWN -> own(403, INSUFFICIENT_QUOTA, message);
            case TOKEN_QUOTA_INSUFFICIENT -> own(403, TOKEN_QUOTA_INSUFFICIENT, message);
            case TOO_MANY_REQUESTS -> busy(429, "rate_limit_exceeded", message);
            case OVERLOADED -> busy(503, "system_overloaded", message);
            case LEDGER_UNAVAILABLE -> busy(503, "query_data_error", message);
            default -> own(500, "internal_error", message);
        };
    }

    /** With its own words, and with when to come again where it says so. */
    public static Failure of(Refused refused) {
        Failure failure = of(refused.refusal(), refused.getMessage());
        if (!(refused instanceof LimitReached reached)) return failure;
        return new Failure(
                failure.status, failure.type, failure.code, null, failure.message, reached.retryAfterSeconds());
    }

    public static final String INSUFFICIENT_QUOTA = "insufficient_user_quota";
    public static final String TOKEN_QUOTA_INSUFFICIENT = "pre_consume_token_quota_failed";

    public static Failure own(int status, String code, String message) {
        return new Failure(status, "new_api_error", code, null, message, 0);
    }

    /** What the client must write otherwise. */
    public static Failure invalid(String message) {
        return new Failure(400, "invalid_request_error", "invalid_request", null, message, 0);
    }

    private static Failure busy(int status, String code, String message) {
        return new Failure(status, "new_api_error", code, null, message, 1);
    }

    /** The same under another status. */
    public Failure as(int other) {
        return other == status ? this : new Failure(other, type, code, param, message, retryAfterSeconds);
    }

    /** Whether there is too little money for the call. */
    public boolean isAboutMoney() {
        return INSUFFICIENT_QUOTA.equals(code) || TOKEN_QUOTA_INSUFFICIENT.equals(code);
    }
}

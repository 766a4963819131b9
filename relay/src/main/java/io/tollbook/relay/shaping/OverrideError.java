package io.tollbook.relay.shaping;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.relay.conversation.Failure;
import tools.jackson.databind.JsonNode;

/** A channel's settings say that the call is to fail, or cannot be followed. */
public final class OverrideError extends Refused {
    private final Failure failure;
    private final boolean mayRetry;

    private OverrideError(Failure failure, boolean mayRetry) {
        super(Refusal.INVALID, failure.message());
        this.failure = failure;
        this.mayRetry = mayRetry;
    }

    /** A message, or an object with status_code, code, type and skip_retry beside it. */
    static OverrideError of(JsonNode value) {
        if (!value.isObject())
            return new OverrideError(Failure.invalid(value.asString("The channel refuses this request.")), false);
        int status = value.path("status_code").asInt(400);
        return new OverrideError(
                new Failure(
                        status < 400 || status > 599 ? 400 : status,
                        value.path("type").asString("invalid_request_error"),
                        value.path("code").asString("invalid_request"),
                        null,
                        value.path("message").asString("The channel refuses this request."),
                        0),
                !value.path("skip_retry").asBoolean(true));
    }

    static OverrideError impossible(String why) {
        return new OverrideError(
                Failure.own(500, "channel:param_override_invalid", "The channel's settings cannot be followed: " + why),
                true);
    }

    public Failure failure() {
        return failure;
    }

    /** Whether another channel may be tried. */
    public boolean mayRetry() {
        return mayRetry;
    }
}

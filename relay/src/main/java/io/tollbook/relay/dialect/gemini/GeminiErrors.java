package io.tollbook.relay.dialect.gemini;

import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.ErrorShape;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Errors as Google's clients read them: a status in words, and details of known types. */
public final class GeminiErrors implements ErrorShape {
    public static final GeminiErrors SHAPE = new GeminiErrors();

    private static final String TYPE = "type.googleapis.com/google.rpc.";

    private GeminiErrors() {}

    @Override
    public int status(Failure failure) {
        return switch (failure.status()) {
            // What only Anthropic says, and what only a proxy does.
            case 502, 529 -> 503;
            default -> failure.status();
        };
    }

    private static String word(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 402, 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }

    @Override
    public byte[] body(Failure failure, @Nullable String request) {
        return JsonMapper.shared().writeValueAsBytes(envelope(failure, request));
    }

    @Override
    public byte[] event(Failure failure, String request) {
        return ("data: " + JsonMapper.shared().writeValueAsString(envelope(failure, request)) + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode envelope(Failure failure, @Nullable String request) {
        ObjectNode envelope = JsonMapper.shared().createObjectNode();
        int status = status(failure);
        ObjectNode error = envelope.putObject("error")
                .put("code", status)
                .put("message", ErrorShape.message(failure, request))
                .put("status", word(status));
        ArrayNode details = JsonMapper.shared().createArrayNode();
        // A number is a status again, and no reason.
        if (failure.code() != null && !failure.code().matches("\\d*"))
            details.addObject()
                    .put("@type", TYPE + "ErrorInfo")
                    .put("reason", failure.code().toUpperCase(Locale.ROOT))
                    .put("domain", "tollbook");
        if (failure.param() != null && !failure.param().isEmpty())
            details.addObject()
                    .put("@type", TYPE + "BadRequest")
                    .putArray("fieldViolations")
                    .addObject()
                    .put("field", failure.param())
                    .put("description", failure.message());
        if (failure.retryAfterSeconds() > 0)
            details.addObject().put("@type", TYPE + "RetryInfo").put("retryDelay", failure.retryAfterSeconds() + "s");
        if (!details.isEmpty()) error.set("details", details);
        return envelope;
    }
}

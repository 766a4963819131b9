package io.tollbook.relay.dialect.openai;

import io.tollbook.kernel.limit.LimitReached;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.ErrorShape;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Failures as an OpenAI client reads them. */
public final class OpenAiErrors implements ErrorShape {
    public static final OpenAiErrors SHAPE = new OpenAiErrors();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OpenAiErrors() {}

    @Override
    public int status(Failure failure) {
        return failure.status();
    }

    @Override
    public byte[] body(Failure failure, @Nullable String request) {
        return JSON.writeValueAsBytes(envelope(failure, request));
    }

    @Override
    public byte[] event(Failure failure, String request) {
        return ("data: " + JSON.writeValueAsString(envelope(failure, request)) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void tell(LimitReached limit, BiConsumer<String, String> header) {
        if (limit.most() == 0) return;
        header.accept("x-ratelimit-limit-requests", Integer.toString(limit.most()));
        header.accept("x-ratelimit-remaining-requests", "0");
        header.accept("x-ratelimit-reset-requests", limit.retryAfterSeconds() + "s");
    }

    private static ObjectNode envelope(Failure failure, @Nullable String request) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.putObject("error")
                .put("message", ErrorShape.message(failure, request))
                .put("type", failure.type())
                .put("param", failure.param() == null ? "" : failure.param())
                .put("code", failure.code() == null ? "" : failure.code());
        return envelope;
    }
}

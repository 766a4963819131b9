package io.tollbook.relay.dialect.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refusal;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.dialect.UpstreamErrors;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever goes wrong has one of Claude's few kinds, and the status that its clients know it by. */
class ClaudeErrorsTest {
    private static void is(Failure failure, int status, String type) {
        JsonNode body = JsonMapper.shared().readTree(ClaudeErrors.SHAPE.body(failure, "req_1"));

        assertThat(ClaudeErrors.SHAPE.status(failure)).isEqualTo(status);
        assertThat(body.path("type").asString()).isEqualTo("error");
        assertThat(body.path("error").path("type").asString()).isEqualTo(type);
        assertThat(body.path("error").path("message").asString()).contains("why", "req_1");
        assertThat(body.path("request_id").asString()).isEqualTo("req_1");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID,                  400, invalid_request_error",
        "NO_PRICE,                 400, invalid_request_error",
        "KEY_INVALID,              401, authentication_error",
        "KEY_EXHAUSTED,            401, authentication_error",
        "INSUFFICIENT_QUOTA,       402, billing_error",
        "TOKEN_QUOTA_INSUFFICIENT, 402, billing_error",
        "ADDRESS_NOT_ALLOWED,      403, permission_error",
        "MODEL_NOT_ALLOWED,        403, permission_error",
        "NOT_FOUND,                404, not_found_error",
        "TOO_LARGE,                413, request_too_large",
        "TOO_MANY_REQUESTS,        429, rate_limit_error",
        "OVERLOADED,               529, overloaded_error",
        "LEDGER_UNAVAILABLE,       529, overloaded_error",
    })
    void refusalsAreToldAsAnthropicTellsThem(Refusal refusal, int status, String type) {
        is(Failure.of(refusal, "why"), status, type);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, 400, invalid_request_error",
        "404, invalid_request_error, 404, not_found_error",
        "404, not_found_error,       404, not_found_error",
        "422, server_error,          400, invalid_request_error",
        "429, insufficient_quota,    429, rate_limit_error",
        "500, server_error,          500, api_error",
        "502, upstream_error,        500, api_error",
        "503, server_error,          529, overloaded_error",
        "504, new_api_error,         504, timeout_error",
        "529, overloaded_error,      529, overloaded_error",
        "500, overloaded_error,      529, overloaded_error",
        "429, rate_limit_error,      429, rate_limit_error",
        "402, billing_error,         402, billing_error",
    })
    void whatProvidersSayKeepsItsMeaning(int status, String type, int told, String toldType) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"why\"}}";

        is(UpstreamErrors.read(status, body.getBytes(StandardCharsets.UTF_8), 0), told, toldType);
    }

    @Test
    void anOpenStreamEndsWithAnEventOfItsOwn() {
        String event = new String(
                ClaudeErrors.SHAPE.event(Failure.of(Refusal.OVERLOADED, "why"), "req_1"), StandardCharsets.UTF_8);

        assertThat(event)
                .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"")
                .endsWith("\n\n");
    }
}

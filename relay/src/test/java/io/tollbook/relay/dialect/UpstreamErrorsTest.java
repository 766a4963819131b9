package io.tollbook.relay.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.relay.conversation.Failure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamErrorsTest {
    @Test
    void keepsTypeCodeAndParameter() {
        Failure failure = read(
                "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}");

        assertThat(failure)
                .isEqualTo(new Failure(
                        400, "invalid_request_error", "context_length_exceeded", "messages", "too long", 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"boom\"}",
                "{\"message\":\"boom\"}",
                "{\"msg\":\"boom\"}",
                "{\"detail\":\"boom\"}",
                "{\"header\":{\"message\":\"boom\"}}",
                "{\"response\":{\"error\":{\"message\":\"boom\"}}}"
            })
    void findsTheMessageWhereverItStands(String body) {
        assertThat(read(body).message()).isEqualTo("boom");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "\u0000"})
    void saysTheStatusWhereThereIsNoMessage(String body) {
        assertThat(read(body).message()).contains("400");
        assertThat(read(body).code()).isEqualTo("bad_response_status_code");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see https://api.vendor.example.com/v1?key=1",
                "host api.secret-vendor.com said no",
                "connect to 10.1.2.3:443 failed",
                "Incorrect API key provided: sk-abcdef123456",
                "api_key: topsecretvalue",
                "Bearer abc.def"
            })
    void hidesWhereItCameFrom(String message) {
        assertThat(UpstreamErrors.masked(message))
                .contains("***")
                .doesNotContain("vendor")
                .doesNotContain("10.1.2.3")
                .doesNotContain("abcdef")
                .doesNotContain("topsecret")
                .doesNotContain("abc.def");
    }

    private static Failure read(String body) {
        return UpstreamErrors.read(400, body.getBytes(StandardCharsets.UTF_8), 7);
    }
}

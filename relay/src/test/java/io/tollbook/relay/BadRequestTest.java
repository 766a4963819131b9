package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that cannot be served is told so as OpenAI would, before anything is held or sent. */
class BadRequestTest {
    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: tollbook\r\nConnection: close\r\nAuthorization: Bearer "
                    + RelaySite.KEY + "\r\n";

    @RegisterExtension
    private static final RelaySite site = new RelaySite("MAX_REQUEST_BODY_MB=1");

    @BeforeEach
    void answer() {
        site.first.answers(200, RelaySite.WHOLE);
    }

    private static Client.Answer sent(String headers, byte[] body) throws IOException {
        try (Client client = new Client(site.port())) {
            client.send(HEAD + headers + "\r\n", body);
            return client.answer();
        }
    }

    private static void refused(Client.Answer answer, int status, String type, String code, Refusal refusal) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.error().path("type").asString()).isEqualTo(type);
        assertThat(answer.error().path("code").asString()).isEqualTo(code);
        assertThat(answer.error().path("message").asString())
                .isNotBlank()
                .contains(answer.header("X-Oneapi-Request-Id"));
        site.awaitIdle();
        assertThat(site.ledger.hasHolds()).isFalse();
        assertThat(site.first.received()).isZero();
        assertThat(site.refusals).singleElement().satisfies(record -> {
            assertThat(record.refusal()).isEqualTo(refusal);
            assertThat(record.status()).isEqualTo(status);
            assertThat(record.user()).isEqualTo(7);
        });
    }

    private static void invalid(Client.Answer answer) {
        refused(answer, 400, "invalid_request_error", "invalid_request", Refusal.INVALID);
    }

    /** Such numbers and depths pass as bytes, but not as a tree; a price that asks the body must not be switched off so. */
    @Test
    void aBodyThatThePriceCannotReadIsRefused() throws IOException {
        site.directory.channel(1, site.first.baseUrl(), 10, List.of("asking"));
        site.directory.changed();
        for (String field : List.of("1e99999999999", "1".repeat(1_001), "[".repeat(501) + "]".repeat(501))) {
            site.refusals.clear();
            invalid(site.answer(
                    "{\"model\":\"asking\",\"service_tier\":\"priority\",\"messages\":[{}],\"seed\":" + field + "}"));
        }
        assertThat(site.answer("{\"model\":\"asking\",\"service_tier\":\"priority\",\"messages\":[{}],\"seed\":1}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{broken",
                "{\"model\":\"gpt\",\"messages\":[{}]",
                "{\"model\":\"gpt\",\"messages\":[{}]}}",
                "[]",
                "\"gpt\"",
                "{\"messages\":[{}]}",
                "{\"model\":7,\"messages\":[{}]}",
                "{\"model\":\" \",\"messages\":[{}]}",
                "{\"model\":\"gpt\"}",
                "{\"model\":\"gpt\",\"messages\":[]}",
                "{\"model\":\"gpt\",\"messages\":\"hello\"}",
                "{\"model\":\"gpt\",\"messages\":{}}",
                "{\"model\":\"gpt\",\"messages\":null}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"max_tokens\":-1}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"max_tokens\":1073741825}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"max_tokens\":1e99}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"max_completion_tokens\":\"10\"}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"n\":1000}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"stream\":\"true\"}",
                "{\"model\":\"gpt\",\"messages\":[{}],\"stream\":true,\"stream_options\":[]}"
            })
    void isRefusedByName(String body) throws Exception {
        invalid(site.answer(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
    void isRefusedInAnotherEncoding(String encoding) throws Exception {
        byte[] body = RelaySite.ask("").getBytes(encoding);

        invalid(sent("Content-Length: " + body.length + "\r\n", body));
    }

    @Test
    void isRefusedWhenItsNestingIsAbsurd() throws Exception {
        invalid(site.answer("{\"model\":\"gpt\",\"messages\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"));
    }

    @Test
    void anUnknownModelDoesNotExist() throws Exception {
        refused(
                site.answer(RelaySite.ask("").replace("gpt", "gpt-99")),
                404,
                "new_api_error",
                "model_not_found",
                Refusal.NOT_FOUND);
    }

    @Test
    void isTooLargeByWhatItDeclares() throws Exception {
        try (Client client = new Client(site.port())) {
            client.send(HEAD + "Content-Length: 1048577\r\n\r\n", new byte[0]);
            refused(client.answer(), 413, "new_api_error", "read_request_body_failed", Refusal.TOO_LARGE);
        }
    }

    @Test
    void isTooLargeByWhatComes() throws Exception {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 17; i++) chunks.writeBytes(chunk);
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        refused(
                sent("Transfer-Encoding: chunked\r\n", chunks.toByteArray()),
                413,
                "new_api_error",
                "read_request_body_failed",
                Refusal.TOO_LARGE);
    }

    @Test
    void isTooLargeByWhatItUnpacksTo() throws Exception {
        byte[] packed = packed(" ".repeat(2 * 1024 * 1024));

        refused(
                sent("Content-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n", packed),
                413,
                "new_api_error",
                "read_request_body_failed",
                Refusal.TOO_LARGE);
    }

    @Test
    void theLargestBodyIsServed() throws Exception {
        assertThat(site.answer(largest()).status()).isEqualTo(200);
    }

    private static String largest() {
        String ask = RelaySite.ask("");
        return ask + " ".repeat(1024 * 1024 - ask.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip"})
    void aPackedBodyIsServed(String encoding) throws Exception {
        byte[] packed = packed(RelaySite.ask(""));
        Client.Answer answer =
                sent("Content-Encoding: " + encoding + "\r\nContent-Length: " + packed.length + "\r\n", packed);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(site.first.next().body()).isEqualTo(RelaySite.ask(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "zstd", "gzip, br"})
    void isRefusedInAnUnknownPacking(String encoding) throws Exception {
        byte[] body = RelaySite.ask("").getBytes(StandardCharsets.UTF_8);
        Client.Answer answer =
                sent("Content-Encoding: " + encoding + "\r\nContent-Length: " + body.length + "\r\n", body);

        invalid(answer);
        assertThat(answer.error().path("message").asString()).contains("Content-Encoding");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void isRefusedWhenItIsNotPackedAsItSays(boolean begins) throws Exception {
        byte[] packed = packed(RelaySite.ask(""));
        byte[] body = begins
                ? java.util.Arrays.copyOf(packed, packed.length / 2)
                : "plain".getBytes(StandardCharsets.US_ASCII);

        invalid(sent("Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n", body));
    }

    @Test
    void bodiesThatNeverComeTakeNoRoom() throws Exception {
        // Together far more than may be in memory at once.
        for (int i = 0; i < 500; i++) {
            try (Client client = new Client(site.port())) {
                client.send(HEAD + "Content-Length: 1000000\r\n\r\n", "{".getBytes(StandardCharsets.US_ASCII));
                client.hangUp();
            }
        }
        site.awaitIdle();

        assertThat(site.answer(largest()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /v1/chat/completions, 404, invalid_request_error",
        "POST, /v1/nothing,          404, invalid_request_error",
        "GET,  /v1/files,            501, new_api_error"
    })
    void anUnknownPathIsAnErrorOfTheDialect(String method, String path, int status, String type) throws Exception {
        try (Client client = new Client(site.port())) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: tollbook\r\nContent-Length: 0\r\n\r\n", new byte[0]);
            Client.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.error().path("type").asString()).isEqualTo(type);
        }
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}

package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key counts wherever a vendor's client shows it, and a wrong one is a wrong one everywhere. */
class ShownKeyTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void answer() {
        site.first.answers(200, RelaySite.WHOLE);
    }

    private static Client.Answer chat(String query, String... headers) throws IOException {
        try (Client client = new Client(site.port())) {
            client.post("/v1/chat/completions" + query, RelaySite.ask("").getBytes(StandardCharsets.UTF_8), headers);
            return client.answer();
        }
    }

    private static Client.Answer models(String query, String... headers) throws IOException {
        try (Client client = new Client(site.port())) {
            client.send(
                    "GET /v1/models" + query + " HTTP/1.1\r\nHost: tollbook\r\n" + String.join("\r\n", headers)
                            + (headers.length > 0 ? "\r\n\r\n" : "\r\n"),
                    new byte[0]);
            return client.answer();
        }
    }

    private static void refused(Client.Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.error().path("type").asString()).isEqualTo("new_api_error");
        assertThat(answer.error().path("code").asString()).isEqualTo(code);
        assertThat(answer.error().path("message").asString()).isNotBlank();
        assertThat(site.first.received()).isZero();
        assertThat(site.ledger.hasHolds()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer KEY",
                "Authorization: bearer   sk-KEY",
                "Authorization: KEY",
                "Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.sk-KEY, openai-beta.v1",
                "x-api-key: sk-KEY",
                "x-goog-api-key: KEY",
                "mj-api-secret: KEY",
                "?key=sk-KEY",
                "?alt=sse&key=KEY"
            })
    void isTakenAndRefusedInEachPlace(String place) throws Exception {
        assertThat(shown(place, RelaySite.KEY).status()).isEqualTo(200);

        site.reset();
        refused(shown(place, "w".repeat(48)), 401, "invalid_api_key");
        refused(shown(place, "w"), 401, "invalid_api_key");
        refused(shown(place, "w".repeat(5_000)), 401, "invalid_api_key");
    }

    private static Client.Answer shown(String place, String key) throws IOException {
        String text = place.replace("KEY", key);
        return place.startsWith("?") ? chat(text) : chat("", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Authorization:", "Authorization: Bearer", "Authorization: Basic YTpi", "x-api-key: "})
    void noKeyIsNotWelcome(String header) throws Exception {
        String[] headers = header.isEmpty() ? new String[0] : new String[] {header};

        refused(chat("", headers), 401, "invalid_api_key");
        refused(models("", headers), 401, "invalid_api_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?key=%zz", "?key=%", "?key=", "?key=%00"})
    void aKeyThatCannotBeReadIsAWrongOne(String query) throws Exception {
        refused(chat(query), 401, "invalid_api_key");
        // Only Google's clients show their key there, and they read Google's words.
        Client.Answer models = models(query);
        assertThat(models.status()).isEqualTo(401);
        assertThat(models.error().path("status").asString()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void theLaterPlaceWins() throws Exception {
        assertThat(chat("", "Authorization: Bearer wrong", "x-api-key: " + RelaySite.KEY)
                        .status())
                .isEqualTo(200);
        site.reset();
        refused(chat("", "Authorization: Bearer " + RelaySite.KEY, "x-api-key: wrong"), 401, "invalid_api_key");
    }

    @Test
    void onlyAnAdministratorsKeyNamesAChannel() throws Exception {
        refused(chat("", "Authorization: Bearer sk-" + RelaySite.KEY + "-2"), 403, "access_denied");
    }

    @ParameterizedTest
    @CsvSource({
        "expired,  401, invalid_api_key",
        "address,  403, access_denied",
        "model,    403, access_denied",
        "group,    403, access_denied",
        "disabled, 403, access_denied"
    })
    void saysWhatAKeyMayNot(String what, int status, String code) throws Exception {
        Instant past = what.equals("expired") ? Instant.EPOCH : null;
        List<String> addresses = what.equals("address") ? List.of("10.0.0.0/8") : List.of();
        String group = what.equals("group") ? "inner circle" : "";
        site.directory.key(
                RelaySite.KEY,
                new TokenTerms("key", past, null, what.equals("model"), List.of("other"), addresses, group, false),
                what.equals("disabled") ? UserStatus.DISABLED : UserStatus.ENABLED);
        site.directory.changed();

        refused(chat("", "Authorization: Bearer " + RelaySite.KEY), status, code);
    }
}

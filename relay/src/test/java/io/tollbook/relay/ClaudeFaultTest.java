package io.tollbook.relay;

import static io.tollbook.relay.ClaudeSite.BLOCK;
import static io.tollbook.relay.ClaudeSite.BLOCK_STOP;
import static io.tollbook.relay.ClaudeSite.DELTA;
import static io.tollbook.relay.ClaudeSite.HELLO;
import static io.tollbook.relay.ClaudeSite.OVERLOADED;
import static io.tollbook.relay.ClaudeSite.START;
import static io.tollbook.relay.ClaudeSite.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.SettleUsage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Claude providers that break, and Claude clients that go: what the client is told and what is charged. */
class ClaudeFaultTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void speak() {
        ClaudeSite.speak(site);
        site.second.answers(asked -> asked.stream(START, BLOCK, HELLO, BLOCK_STOP, DELTA, STOP));
    }

    private static String events(String names) {
        StringBuilder events = new StringBuilder();
        for (String name : names.split("\\+"))
            events.append(
                    switch (name) {
                        case "start" -> START;
                        case "hello" -> BLOCK + HELLO;
                        case "usage" -> BLOCK_STOP + DELTA;
                        case "error" -> OVERLOADED;
                        case "ping" -> "event: ping\ndata: {\"type\": \"ping\"}\n\n";
                        default -> "";
                    });
        return events.toString();
    }

    /** Where a stream breaks by a reset or an error of the provider's, after its first event: nobody else is asked. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # what came,       outcome,  provenance, output, the client's error
            start+hello,       CUT,      ESTIMATED,  3,      api_error
            start+hello+usage, CUT,      REPORTED,   7,      api_error
            start+hello+error, FAILED,   ESTIMATED,  3,      overloaded_error
            hello,             CUT,      ESTIMATED,  3,      api_error
            hello+error,       FAILED,   ESTIMATED,  3,      overloaded_error
            """)
    void chargesWhatCameBeforeABreakAndSaysSo(
            String came, Attempt.Outcome outcome, Provenance provenance, long output, String error) throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(events(came));
        });
        Client.Answer answer = ClaudeSite.answer(site, ClaudeSite.askStream());
        SettleUsage settlement = site.settled();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("message_stop");
        String last = answer.body().substring(answer.body().lastIndexOf("event: "));
        assertThat(last).startsWith("event: error\n");
        JsonNode data = JsonMapper.shared().readTree(last.substring(last.indexOf("data: ") + 6));
        assertThat(data.path("error").path("type").asString()).isEqualTo(error);
        assertThat(data.path("request_id").asString()).isEqualTo(answer.header("X-Oneapi-Request-Id"));
        assertThat(settlement.attempts()).extracting(Attempt::outcome).containsExactly(outcome);
        assertThat(settlement.provenance()).isEqualTo(provenance);
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(output);
        assertThat(site.second.waiting()).isZero();
    }

    /** Where nothing has reached the client, another channel is asked. */
    @ParameterizedTest
    @CsvSource({"'', true", "'', false", "error, true"})
    void asksAnotherBeforeTheFirstByte(String came, boolean head) throws Exception {
        site.first.answers(asked -> {
            if (head) asked.streamHead();
            if (head && !came.isEmpty()) asked.chunk(events(came));
        });
        Client.Answer answer = ClaudeSite.answer(site, ClaudeSite.askStream());

        assertThat(answer.body()).isEqualTo(START + BLOCK + HELLO + BLOCK_STOP + DELTA + STOP);
        SettleUsage settlement = site.settled();
        assertThat(settlement.attempts()).hasSize(2);
        assertThat(settlement.charge().units()).isEqualTo(25);
    }

    private static void told(Client.Answer answer, int status, String type, String message) {
        JsonNode body = JsonMapper.shared().readTree(answer.bytes());

        assertThat(answer.status()).isEqualTo(status);
        assertThat(body.path("type").asString()).isEqualTo("error");
        assertThat(body.path("error").path("type").asString()).isEqualTo(type);
        assertThat(body.path("error").path("message").asString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error, 400",
        "401, authentication_error,  401",
        "404, not_found_error,       404",
        "429, rate_limit_error,      429",
        "500, api_error,             500",
        "529, overloaded_error,      529"
    })
    void aProvidersErrorKeepsItsKind(int status, String type, int told) throws Exception {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"" + type
                + "\",\"message\":\"why\"},\"request_id\":\"req_theirs\"}";
        site.first.answers(status, body, "retry-after: 7");
        site.second.answers(status, body, "retry-after: 7");
        Client.Answer answer = ClaudeSite.answer(site, ClaudeSite.ask(""));

        told(answer, told, type, "why");
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(answer.body()).doesNotContain("req_theirs");
        site.released();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"gpt","messages":[{"role":"user","content":"x"}]}    | 400 | invalid_request_error | max_tokens
            {"model":"nothing","max_tokens":1,"messages":[{}]}            | 404 | not_found_error       | nothing
            {"model":"gpt"                                                | 400 | invalid_request_error | JSON
            """)
    void whatTheClientAskedWronglyIsToldInItsOwnWords(String body, int status, String type, String message)
            throws Exception {
        told(ClaudeSite.answer(site, body), status, type, message);
        assertThat(site.ledger.hasHolds()).isFalse();
    }

    @Test
    void aStrangerIsToldSo() throws Exception {
        try (Client client = new Client(site.port())) {
            client.post("/v1/messages", ClaudeSite.ask("").getBytes(StandardCharsets.UTF_8), "x-api-key: sk-wrong");
            told(client.answer(), 401, "authentication_error", "");
        }
    }

    @Test
    void aWrongPathIsToldInClaudesWords() throws Exception {
        try (Client client = ClaudeSite.call(site, "/v1/messages/batches", "{}")) {
            told(client.answer(), 404, "not_found_error", "/v1/messages/batches");
        }
    }
}

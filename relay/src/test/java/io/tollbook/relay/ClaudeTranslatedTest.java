package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.SettleUsage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Claude's clients over chat completions, and OpenAI's over Claude: how streams end, whatever becomes of them. */
class ClaudeTranslatedTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static int count(String text, String wanted) {
        return text.split(wanted, -1).length - 1;
    }

    @ParameterizedTest
    @CsvSource({"true, REPORTED, 11, 7", "false, ESTIMATED, -1, 3"})
    void trap16And17AStreamEndsOnceWithWhatWasCharged(boolean reported, Provenance provenance, int input, int output)
            throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO + RelaySite.STOP);
            if (reported) asked.chunk(RelaySite.USAGE);
            asked.chunk(RelaySite.DONE);
            asked.end();
        });
        Client.Answer answer = ClaudeSite.answer(site, ClaudeSite.askStream());
        SettleUsage settlement = site.settled();

        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        assertThat(answer.header("request-id")).isEqualTo(answer.header("X-Oneapi-Request-Id"));
        assertThat(answer.body()).startsWith("event: message_start\n").endsWith(ClaudeSite.STOP);
        assertThat(count(answer.body(), "event: message_delta")).isOne();
        assertThat(count(answer.body(), "event: message_stop")).isOne();
        String last = answer.body().substring(answer.body().indexOf("data: {\"type\":\"message_delta\"") + 6);
        JsonNode delta = JsonMapper.shared().readTree(last.substring(0, last.indexOf('\n')));
        assertThat(settlement.provenance()).isEqualTo(provenance);
        assertThat(delta.path("usage").path("output_tokens").asLong())
                .isEqualTo(output)
                .isEqualTo(settlement.meters().of(Meter.OUTPUT));
        assertThat(delta.path("usage").path("input_tokens").asLong())
                .isEqualTo(settlement.meters().of(Meter.INPUT))
                .matches(tokens -> input < 0 || tokens == input);
    }

    @Test
    void whatEndsAStreamWaitsForTheSettlement() throws Exception {
        site.ledger.keepEndingsOpen();
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));
        try (Client client = ClaudeSite.call(site, ClaudeSite.askStream())) {
            HandLedger.Entry<?> settlement = site.ledger.settlement();
            settlement.awaitWaiter();
            client.head();
            StringBuilder seen = new StringBuilder();
            while (client.hasMore()) seen.append(client.chunk());
            assertThat(seen.toString()).contains("Hello there").doesNotContain("message_delta");
            settlement.complete();

            assertThat(new String(client.rest(), StandardCharsets.UTF_8)).endsWith(ClaudeSite.STOP);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, CUT, api_error", "true, FAILED, overloaded_error"})
    void aBrokenStreamEndsWithAnErrorOfClaudes(boolean said, Attempt.Outcome outcome, String type) throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO);
            if (said) asked.chunk("data: {\"error\":{\"message\":\"busy\",\"type\":\"overloaded_error\"}}\n\n");
        });
        Client.Answer answer = ClaudeSite.answer(site, ClaudeSite.askStream());

        assertThat(answer.body()).contains("Hello there", "event: error\n", "\"type\":\"" + type + "\"");
        assertThat(answer.body()).doesNotContain("message_stop", "message_delta");
        assertThat(site.settled().attempts()).extracting(Attempt::outcome).containsExactly(outcome);
    }

    @Test
    void nothingThatBreaksBeforeTheFirstByteIsSeen() throws Exception {
        site.first.answers(503, "{\"error\":{\"message\":\"busy\"}}");
        site.second.answers(200, RelaySite.WHOLE);
        Client.Answer answer = ClaudeSite.answer(site, ClaudeSite.ask(""));
        JsonNode message = JsonMapper.shared().readTree(answer.bytes());

        assertThat(message.path("content").path(0).path("text").asString()).isEqualTo("Hello there");
        assertThat(message.path("stop_reason").asString()).isEqualTo("end_turn");
        assertThat(message.path("model").asString()).isEqualTo("gpt");
        assertThat(message.path("usage").path("input_tokens").asInt()).isEqualTo(11);
        assertThat(site.settled().charge().units()).isEqualTo(25);
    }

    @Test
    void whatTheProvidersDialectCannotSayIsRefusedByName() throws Exception {
        Client.Answer answer = ClaudeSite.answer(
                site, ClaudeSite.ask(",\"tools\":[{\"type\":\"computer_20250124\",\"name\":\"computer\"}]"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("message").asString()).contains("computer_20250124");
        assertThat(site.first.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"'', [DONE]", "error, overloaded_error", "cut, bad_response_body"})
    void aChatOverClaudeEndsAsChatsDo(String ending, String last) throws Exception {
        ClaudeSite.speak(site);
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(ClaudeSite.START + ClaudeSite.BLOCK + ClaudeSite.HELLO);
            if (ending.equals("error")) asked.chunk(ClaudeSite.OVERLOADED);
            if (!ending.isEmpty()) return;
            asked.chunk(ClaudeSite.BLOCK_STOP + ClaudeSite.DELTA + ClaudeSite.STOP);
            asked.end();
        });
        Client.Answer answer = site.answer(RelaySite.askStream());

        assertThat(answer.body()).contains("Hello there", last).doesNotContain("event: ");
        assertThat(answer.body().contains("[DONE]")).isEqualTo(ending.isEmpty());
        assertThat(answer.body().contains("\"prompt_tokens\":11,\"completion_tokens\":7"))
                .isEqualTo(ending.isEmpty());
        assertThat(site.first.next().head())
                .startsWith("POST /v1/messages HTTP/1.1\r\n")
                .contains("x-api-key: provider-key-1\r\n", "anthropic-version: 2023-06-01\r\n");
        site.settled();
    }
}

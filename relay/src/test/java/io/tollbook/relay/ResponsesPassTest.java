package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.channel.ChannelType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the Responses API and a provider that speaks it: what passes is what came, and its end waits to be paid. */
class ResponsesPassTest {
    private static final String PATH = "/v1/responses";
    private static final String ASK = "{\"model\":\"gpt\",\"input\":\"hello\"}";
    private static final String ASK_STREAM = "{\"model\":\"gpt\",\"input\":\"hello\",\"stream\":true}";
    /** 36 tokens in and 11 out. */
    private static final String TEXT = Recorded.text("responses/text.sse");

    private static final List<String> EVENTS = Recorded.events("responses/text.sse");
    private static final int FIRST_DELTA = 4;

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void channels() {
        site.directory.channel(1, ChannelType.OPENAI, site.first.baseUrl(), 10, "gpt");
        site.directory.channel(2, ChannelType.OPENAI, site.second.baseUrl(), 5, "gpt");
        site.directory.changed();
    }

    private static List<JsonNode> errorEvents(String rest) {
        String[] events = rest.split("\n\n");
        assertThat(events).hasSize(2);
        assertThat(events[0]).startsWith("event: error\ndata: ");
        assertThat(events[1]).startsWith("event: response.failed\ndata: ");
        return Arrays.stream(events)
                .map(event -> JsonMapper.shared().readTree(event.substring(event.indexOf("data: ") + 6)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"gpt\",\"input\":\"hi\"}",
                " {\"x\":1e2,\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}],\"temperature\":0.0,\"model\":\"gpt\" }\n",
                "{\"previous_response_id\":\"resp_1\",\"model\":\"gpt\",\"tools\":[{\"type\":\"mcp\",\"server_label\":\"l\"}],\"prompt_cache_retention\":\"24h\"}"
            })
    void aRequestAndItsAnswerGoAsTheyCame(String body) throws Exception {
        String whole = Recorded.text("responses/whole.json");
        site.first.answers(200, whole, "openai-processing-ms: 7", "x-codex-turn-state: t1", "set-cookie: a=b");
        Client.Answer answer = site.answer(PATH, body);

        assertThat(site.first.next().body()).isEqualTo(body);
        assertThat(answer.body()).isEqualTo(whole);
        assertThat(answer.header("openai-processing-ms")).isEqualTo("7");
        assertThat(answer.header("x-codex-turn-state")).isEqualTo("t1");
        assertThat(answer.header("set-cookie")).isEmpty();
        SettleUsage settlement = site.settled();
        assertThat(settlement.meters().of(Meter.INPUT)).isEqualTo(18);
        assertThat(settlement.meters().of(Meter.CACHE_READ)).isEqualTo(32);
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(20);
        assertThat(settlement.meters().of(Meter.REASONING)).isEqualTo(10);
        assertThat(settlement.provenance()).isEqualTo(Provenance.REPORTED);
    }

    @Test
    void whatCodexIsKnownByGoesAlong() throws Exception {
        site.first.answers(200, Recorded.text("responses/whole.json"));
        site.answer(
                PATH,
                ASK,
                "User-Agent: codex_cli_rs/0.63.0",
                "originator: codex_cli_rs",
                "session_id: 0199-a",
                "x-codex-turn-metadata: {}",
                "OpenAI-Beta: responses=experimental",
                "Cookie: secret=1",
                "X-Forwarded-For: 10.1.2.3");
        String head = site.first.next().head();

        assertThat(head)
                .startsWith("POST /v1/responses HTTP/1.1\r\n")
                .contains("Authorization: Bearer provider-key-1\r\n")
                .containsIgnoringCase("user-agent: codex_cli_rs/0.63.0\r\n")
                .containsIgnoringCase("originator: codex_cli_rs\r\n")
                .containsIgnoringCase("session_id: 0199-a\r\n")
                .containsIgnoringCase("x-codex-turn-metadata: {}\r\n")
                .containsIgnoringCase("openai-beta: responses=experimental\r\n")
                .doesNotContain(RelaySite.KEY, "10.1.2.3", "secret");
    }

    /** Trap 19, with every recording. */
    @ParameterizedTest
    @CsvSource({
        "text.sse, 36, 0, 11",
        "reasoning-and-parallel-calls.sse, 56, 64, 48",
        "refusal.sse, 30, 0, 9",
        "incomplete.sse, 20, 0, 8",
        "web-search.sse, 300, 0, 40"
    })
    void aStreamGoesAsItCameHoweverItIsCut(String recording, long input, long cached, long output) throws Exception {
        byte[] bytes = Recorded.text("responses/" + recording).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        site.first.answers(asked -> {
            asked.streamHead();
            for (int at = 0; at < bytes.length; ) {
                int size = Math.min(1 + random.nextInt(300), bytes.length - at);
                asked.chunk(Arrays.copyOfRange(bytes, at, at + size));
                at += size;
            }
            asked.end();
        });
        Client.Answer answer = site.answer(PATH, ASK_STREAM);

        assertThat(answer.bytes()).as("seed %d", seed).isEqualTo(bytes);
        SettleUsage settlement = site.settled();
        assertThat(settlement.meters().of(Meter.INPUT)).isEqualTo(input);
        assertThat(settlement.meters().of(Meter.CACHE_READ)).isEqualTo(cached);
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(output);
        assertThat(settlement.provenance()).isEqualTo(Provenance.REPORTED);
        // Trap 28.
        assertThat(settlement.meters().of(Meter.WEB_SEARCH)).isEqualTo(recording.startsWith("web") ? 1 : 0);
    }

    @Test
    void theEndOfAResponseWaitsForItsSettlement() throws Exception {
        site.ledger.keepEndingsOpen();
        try (Client client = site.call(PATH, ASK_STREAM)) {
            Provider.Asked asked = site.first.next();
            asked.streamHead();
            asked.chunk(String.join("", EVENTS.subList(0, FIRST_DELTA + 1)));
            client.head();
            assertThat(client.chunk()).isEqualTo(String.join("", EVENTS.subList(0, FIRST_DELTA + 1)));
            asked.chunk(String.join("", EVENTS.subList(FIRST_DELTA + 1, EVENTS.size())));
            asked.end();
            assertThat(client.chunk()).isEqualTo(String.join("", EVENTS.subList(FIRST_DELTA + 1, EVENTS.size() - 1)));
            var settlement = site.ledger.settlement();
            settlement.awaitWaiter();
            assertThat(client.hasMore()).isFalse();

            settlement.complete();

            assertThat(client.chunk()).isEqualTo(EVENTS.getLast());
        }
    }

    /** Its end repeats all that was asked and said. */
    @Test
    void aGiantEndIsReadAllTheSame() throws Exception {
        String end =
                EVENTS.getLast().replace("\"instructions\":null", "\"instructions\":\"" + "a".repeat(600_000) + "\"");
        site.first.answers(asked -> asked.stream(EVENTS.get(0), EVENTS.get(FIRST_DELTA), end));

        assertThat(site.answer(PATH, ASK_STREAM).body()).endsWith(end);
        assertThat(site.settled().charge()).isEqualTo(Quota.of(58));
    }

    /** Traps 20 and 22: the beginning alone shows nothing of an answer. */
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void anotherProviderIsAskedWhereAResponseFailsAtOnce(int begun) throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            for (String event : EVENTS.subList(0, begun)) asked.chunk(event);
            asked.chunk(Recorded.events("responses/failed.sse").getLast());
            asked.end();
        });
        site.second.answers(asked -> asked.stream(TEXT));

        assertThat(site.answer(PATH, ASK_STREAM).body()).isEqualTo(TEXT);
        assertThat(site.settled().attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Attempt.Outcome.FAILED, Attempt.Outcome.ANSWERED);
    }

    @Test
    void aFailureInTheMiddleIsTheClientsOwnWithoutTheProvidersName() throws Exception {
        List<String> events = Recorded.events("responses/failed.sse");
        site.first.answers(asked -> asked.stream(String.join("", events)));
        String before = String.join("", events.subList(0, events.size() - 1));
        String body = site.answer(PATH, ASK_STREAM).body();

        assertThat(body).startsWith(before);
        List<JsonNode> errors = errorEvents(body.substring(before.length()));
        assertThat(errors.get(0).path("sequence_number").intValue()).isEqualTo(events.size() - 1);
        assertThat(errors.get(0).path("error").path("message").asString()).startsWith("The model at *** broke down.");
        assertThat(errors.get(0).path("code").asString()).isEqualTo("server_error");
        assertThat(errors.get(1).path("response").path("id").asString()).isEqualTo("resp_0e11");
        assertThat(errors.get(1).path("response").path("status").asString()).isEqualTo("failed");
        SettleUsage settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        // "It was" once, though three more events repeat it.
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(2);
        assertThat(site.second.waiting()).isZero();
    }

    @Test
    void aMistakeOfTheClientsIsToldWithItsStatus() throws Exception {
        site.first.answers(asked -> asked.stream(Recorded.text("responses/error.sse")));
        Client.Answer answer = site.answer(PATH, ASK_STREAM);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("code").asString()).isEqualTo("context_length_exceeded");
        assertThat(answer.error().path("param").asString()).isEqualTo("input");
        site.released();
        assertThat(site.second.waiting()).as("another would say the same").isZero();
    }

    @Test
    void aStreamThatBreaksOffSaysSo() throws Exception {
        String sent = String.join("", EVENTS.subList(0, FIRST_DELTA + 2));
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(sent + "event: response.output_text.delta\ndata: {\"ty");
        });
        String body = site.answer(PATH, ASK_STREAM).body();

        assertThat(body).startsWith(sent);
        List<JsonNode> errors = errorEvents(body.substring(sent.length()));
        assertThat(errors.get(0).path("code").asString()).isEqualTo("bad_response_body");
        assertThat(site.settled().attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.CUT);
    }

    /** Trap 16: a response without its end is no answer, though its stream ended well. */
    @Test
    void aStreamThatEndsBeforeTheResponseDoesSaysSo() throws Exception {
        String sent = String.join("", EVENTS.subList(0, EVENTS.size() - 1));
        site.first.answers(asked -> asked.stream(sent));
        String body = site.answer(PATH, ASK_STREAM).body();

        assertThat(body).startsWith(sent);
        errorEvents(body.substring(sent.length()));
        assertThat(site.settled().provenance()).isEqualTo(Provenance.ESTIMATED);
    }

    @Test
    void aCutBehindTheEndChangesNothing() throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(TEXT);
        });

        assertThat(site.answer(PATH, ASK_STREAM).body()).isEqualTo(TEXT);
        assertThat(site.settled().attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.ANSWERED);
    }

    @Test
    void anotherProviderIsAskedWhereOneHangsUp() throws Exception {
        site.first.answers(Provider.Asked::close);
        site.second.answers(asked -> asked.stream(TEXT));

        assertThat(site.answer(PATH, ASK_STREAM).body()).isEqualTo(TEXT);
        assertThat(site.settled().charge()).isEqualTo(Quota.of(58));
    }

    @Test
    void aStreamWithoutUsageIsEstimated() throws Exception {
        String end = EVENTS.getLast().replaceAll("\"usage\":\\{.*\"total_tokens\":47\\}", "\"usage\":null");
        String sent = String.join("", EVENTS.subList(0, EVENTS.size() - 1)) + end;
        site.first.answers(asked -> asked.stream(sent));

        assertThat(site.answer(PATH, ASK_STREAM).body()).isEqualTo(sent);
        SettleUsage settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        // "Hello there, Zürich 😀." by its pieces: 20 letters and two others.
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(7);
    }

    @Test
    void aClientThatLeavesPaysWhatIsReported() throws Exception {
        Client client = site.call(PATH, ASK_STREAM);
        Provider.Asked asked = site.first.next();
        asked.streamHead();
        for (String event : EVENTS.subList(0, FIRST_DELTA + 1)) asked.chunk(event);
        client.head();
        client.chunk();
        client.hangUp();
        for (String event : EVENTS.subList(FIRST_DELTA + 1, EVENTS.size())) asked.chunk(event);
        asked.end();

        SettleUsage settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.DRAINED);
        assertThat(settlement.charge()).isEqualTo(Quota.of(58));
    }

    @Test
    void refusalsNameTheField() throws Exception {
        Client.Answer answer = site.answer(PATH, "{\"model\":\"gpt\",\"input\":\"x\",\"background\":true}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(answer.error().path("message").asString()).startsWith("background must be false");
        assertThat(site.ledger.hasHolds()).isFalse();
    }

    @Test
    void errorsOfTheProviderComeInOpenAisEnvelope() throws Exception {
        site.first.answers(
                400,
                "{\"error\":{\"message\":\"No tool output found for function call c1.\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":null}}");
        Client.Answer answer = site.answer(PATH, ASK);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("param").asString()).isEqualTo("input");
        assertThat(answer.error().path("code").isNull()).isTrue();
        assertThat(answer.error().path("message").asString()).startsWith("No tool output found for function call c1.");
    }
}

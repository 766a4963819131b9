package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.channel.ChannelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of Google's and a provider of Google's: what one sends the other gets, and what it cost is paid. */
class GeminiCallTest {
    private static final String STREAM = "/v1beta/models/gpt:streamGenerateContent?alt=sse";
    private static final String ASK = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";
    private static final String HELLO = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hello there\"}],"
            + "\"role\":\"model\"},\"index\":0}]}\r\n\r\n";
    private static final String STOP =
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},"
                    + "\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":11,"
                    + "\"candidatesTokenCount\":7,\"totalTokenCount\":18}}\r\n\r\n";
    private static final Meters METERS = new Meters(Map.of(Meter.INPUT, 11L, Meter.OUTPUT, 7L));

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void googleIsTheProvider() {
        site.directory.channel(1, ChannelType.GEMINI, site.first.baseUrl(), 10, "gemini-2.5-pro");
        site.directory.changed();
    }

    private static Client call(String path, String body, String... headers) throws IOException {
        Client client = new Client(site.port());
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "x-goog-api-key: sk-" + RelaySite.KEY;
        client.post(path, body.getBytes(StandardCharsets.UTF_8), all);
        return client;
    }

    private static Client.Answer answer(String path, String body, String... headers) throws IOException {
        try (Client client = call(path, body, headers)) {
            return client.answer();
        }
    }

    private static byte[] recording(String name) throws IOException {
        try (var in = GeminiCallTest.class.getResourceAsStream("/recordings/gemini/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            /v1beta/models/gpt:generateContent,                        /v1beta/models/gemini-2.5-pro:generateContent
            /v1/models/gpt:generateContent,                            /v1beta/models/gemini-2.5-pro:generateContent
            /v1beta/models/gpt:streamGenerateContent,                  /v1beta/models/gemini-2.5-pro:streamGenerateContent
            /v1beta/models/gpt:streamGenerateContent?alt=sse,          /v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse
            """)
    void trap15ARequestArrivesByteForByte(String path, String asked) throws Exception {
        String body = " {\"x\":{\"y\" : 1e2},\"contents\":[{\"parts\":[{\"text\":\"Z\\u00fcrich ü\"}],\"z\":0.10}],"
                + "\"safety_settings\":[] }";
        site.first.answers(200, new String(recording("whole.json"), StandardCharsets.UTF_8));
        answer(path, body, "x-goog-api-client: google-genai-sdk/1.0 gl-java/25", "Authorization: Bearer nobody");
        Provider.Asked sent = site.first.next();

        assertThat(sent.body()).isEqualTo(body);
        assertThat(sent.head())
                .startsWith("POST " + asked + " HTTP/1.1\r\n")
                .containsIgnoringCase("x-goog-api-key: provider-key-1\r\n")
                .containsIgnoringCase("x-goog-api-client: google-genai-sdk/1.0 gl-java/25\r\n")
                .doesNotContain(RelaySite.KEY, "nobody");
    }

    @Test
    void aWholeAnswerComesAsItWentAndIsPaid() throws Exception {
        String whole = new String(recording("whole.json"), StandardCharsets.UTF_8);
        site.first.answers(200, whole);

        assertThat(answer("/v1beta/models/gpt:generateContent", ASK).body()).isEqualTo(whole);
        SettleUsage settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.REPORTED);
        assertThat(settlement.meters())
                .isEqualTo(new Meters(Map.of(
                        Meter.INPUT,
                        24L,
                        Meter.CACHE_READ,
                        16L,
                        Meter.OUTPUT,
                        30L,
                        Meter.IMAGE_OUTPUT,
                        1_290L,
                        Meter.REASONING,
                        11L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thinking-and-tools.sse", "grounded.sse"})
    void trap19AStreamComesAsItWentHoweverItIsCut(String name) throws Exception {
        byte[] bytes = recording(name);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int longest : new int[] {3, 40, bytes.length}) {
            site.reset();
            googleIsTheProvider();
            site.first.answers(asked -> {
                asked.streamHead();
                for (int at = 0; at < bytes.length; ) {
                    int size = Math.min(1 + random.nextInt(longest), bytes.length - at);
                    asked.chunk(Arrays.copyOfRange(bytes, at, at + size));
                    at += size;
                }
                asked.end();
            });

            assertThat(answer(STREAM, ASK).bytes())
                    .as("seed %d, pieces of up to %d", seed, longest)
                    .isEqualTo(bytes);
            assertThat(site.settled().provenance()).isEqualTo(Provenance.REPORTED);
        }
    }

    @Test
    void whatEndsAStreamWaitsForItsSettlement() throws Exception {
        site.ledger.keepEndingsOpen();
        try (Client client = call(STREAM, ASK)) {
            Provider.Asked asked = site.first.next();
            asked.streamHead();
            asked.chunk(HELLO);
            assertThat(client.head()).isEqualTo(200);
            assertThat(client.chunk()).isEqualTo(HELLO);
            asked.chunk(STOP);
            asked.end();
            HandLedger.Entry<SettleUsage> settlement = site.ledger.settlement();
            settlement.awaitWaiter();
            assertThat(client.hasMore()).isFalse();

            settlement.complete();

            assertThat(client.chunk()).isEqualTo(STOP);
        }
        assertThat(site.ledger.settlement().command().meters()).isEqualTo(METERS);
    }

    @Test
    void whatLooksLikeTheEndGoesOnAtOnceIfMoreFollows() throws Exception {
        try (Client client = call(STREAM, ASK)) {
            Provider.Asked asked = site.first.next();
            asked.streamHead();
            asked.chunk(STOP);
            asked.chunk(HELLO);
            client.head();

            assertThat(client.chunk()).isEqualTo(STOP + HELLO);
            asked.end();
        }
    }

    @Test
    void usageThatComesAloneBehindTheEndIsTheOneThatCounts() throws Exception {
        String late =
                "data: {\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":9,\"totalTokenCount\":20}}\r\n\r\n";
        site.first.answers(asked -> asked.stream(HELLO, STOP, late));

        assertThat(answer(STREAM, ASK).body()).isEqualTo(HELLO + STOP + late);
        assertThat(site.settled().meters().of(Meter.OUTPUT)).isEqualTo(9);
    }

    @Test
    void usageThatAModelMadeUpIsNone() throws Exception {
        String forged = "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":"
                + "{\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":1}}}}]},\"index\":0}]}\r\n\r\n";
        site.first.answers(asked -> asked.stream(forged));
        answer(STREAM, ASK);

        SettleUsage settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(settlement.meters().of(Meter.OUTPUT))
                .as("a call's arguments are words too")
                .isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 300_000, 700_001})
    void usageBehindAPictureIsReadHoweverLargeThatIs(int letters) throws Exception {
        String picture = STOP.replace(
                "{\"text\":\"\"}",
                "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"" + "A".repeat(letters) + "\"}}");
        site.first.answers(asked -> {
            asked.streamHead();
            for (int at = 0; at < picture.length(); at += 5_000)
                asked.chunk(picture.substring(at, Math.min(at + 5_000, picture.length())));
            asked.end();
        });

        assertThat(answer(STREAM, ASK).body()).isEqualTo(picture);
        assertThat(site.settled().meters()).isEqualTo(METERS);
    }

    // How a stream may break: before its head, behind its first word, and before and behind its usage.

    @Test
    void aProviderThatHangsUpFirstIsAskedNoMoreAndAnotherVendorAnswers() throws Exception {
        site.first.answers(asked -> asked.close());
        site.second.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));
        Client.Answer answer = answer(STREAM, ASK);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("Hello there").contains("\"finishReason\":\"STOP\"");
        assertThat(site.settled().attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Attempt.Outcome.UNREACHABLE, Attempt.Outcome.ANSWERED);
    }

    @Test
    void aCutBehindTheFirstWordIsEstimatedAndTold() throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(HELLO);
        });
        Client.Answer answer = answer(STREAM, ASK);

        assertThat(answer.body()).startsWith(HELLO);
        JsonNode error = errorBehind(HELLO, answer);
        assertThat(error.path("code").asInt()).isEqualTo(503);
        assertThat(error.path("status").asString()).isEqualTo("UNAVAILABLE");
        SettleUsage settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(3);
    }

    @Test
    void trap22AnErrorInsideAStreamIsToldAsOne() throws Exception {
        site.first.answers(
                asked -> asked.stream(
                        HELLO,
                        "data: {\"error\":{\"code\":503,\"message\":\"The model at https://x.googleapis.com is overloaded.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n"));
        JsonNode error = errorBehind(HELLO, answer(STREAM, ASK));

        assertThat(error.path("message").asString()).startsWith("The model at *** is overloaded.");
        assertThat(error.path("status").asString()).isEqualTo("UNAVAILABLE");
        assertThat(error.path("code").asInt()).isEqualTo(503);
        assertThat(site.settled().attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.FAILED);
    }

    private static JsonNode errorBehind(String events, Client.Answer answer) {
        assertThat(answer.body()).startsWith(events).endsWith("\r\n\r\n");
        String rest = answer.body().substring(events.length());
        assertThat(rest).startsWith("data: ");
        JsonNode error = JsonMapper.shared().readTree(rest.substring(6)).path("error");
        assertThat(error.path("message").asString()).contains(answer.header("X-Oneapi-Request-Id"));
        return error;
    }

    @Test
    void aBlockedPromptIsGooglesOwnAnswer() throws Exception {
        String blocked =
                "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":11,\"totalTokenCount\":11}}";
        site.first.answers(200, blocked);

        assertThat(answer("/v1beta/models/gpt:generateContent", ASK).body()).isEqualTo(blocked);
        assertThat(site.settled().meters().of(Meter.INPUT)).isEqualTo(11);
    }
}

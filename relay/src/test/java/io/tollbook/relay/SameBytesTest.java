package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes through is what came, byte for byte, in both directions. */
class SameBytesTest {
    private static final String USED = ",\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7}}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static String sentUpstream(String body) throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(site.answer(body).status()).isEqualTo(200);
        return site.first.next().body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                " {\t\"x_first\" : 1e2,\r\n\"messages\":[{\"content\":\"hi\",\"role\":\"user\",\"x\":0.10}],\"temperature\":0.0,\"model\":\"gpt\" }\n",
                "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"Z\\u00fcrich \uD83D\uDE00 Zürich \\ud83d\\ude00\"}],\"seed\":12345678901234567890}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\\/b\"}]}],\"logit_bias\":{\"50256\":-100},\"model\":\"gpt\",\"n\":null,\"stop\":[]}",
                "{\"model\":\"gpt\",\"stream\":false,\"stream_options\":null,\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"\"}],\"user\":\"model\"}",
                "{\"mod\\u0065l\":\"g\\u0070t\",\"messages\":[{}]}"
            })
    void aRequestGoesAsItCame(String body) throws Exception {
        assertThat(sentUpstream(body)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # client's                                                       | provider's
                    {"x":1e2, "model" : "gpt","messages":[{"content":"gpt"}],"y":.5} |
                    {"x":1e2, "model" : "gpt","messages":[{"content":"gpt"}],"y":0.10} | {"x":1e2, "model" : "vendor/ü-1","messages":[{"content":"gpt"}],"y":0.10}
                    {"mod\\u0065l":"g\\u0070t","messages":[{}]}                      | {"mod\\u0065l":"vendor/ü-1","messages":[{}]}
                    {"messages":[{}],"stream":true,"z":{"model":"gpt"},"model":"gpt"} | {"messages":[{}],"stream":true,"z":{"model":"gpt"},"model":"vendor/ü-1","stream_options":{"include_usage":true}}
                    {"stream_options":{"include_usage":false,"a":1e2},"model":"gpt","stream":true,"messages":[{}]} | {"stream_options":{"include_usage":true,"a":1e2},"model":"vendor/ü-1","stream":true,"messages":[{}]}
                    """)
    void onlyAMappedModelAndTheDemandForUsageAreChanged(String body, String sent) throws Exception {
        site.directory.channel(1, site.first.baseUrl(), 10, Map.of("gpt", "vendor/ü-1"));
        site.directory.changed();
        if (sent == null) {
            assertThat(site.answer(body).status()).isEqualTo(400);
            return;
        }

        assertThat(sentUpstream(body)).isEqualTo(sent);
    }

    @Test
    void theProviderLearnsNothingOfTheClient() throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        byte[] body = RelaySite.ask("").getBytes(StandardCharsets.UTF_8);
        try (Client client = new Client(site.port())) {
            client.post(
                    "/v1/chat/completions?key=" + RelaySite.KEY,
                    body,
                    "X-Forwarded-For: 10.1.2.3",
                    "Cookie: secret=1",
                    "OpenAI-Beta: assistants=v2");
            assertThat(client.answer().status()).isEqualTo(200);
        }
        String head = site.first.next().head();

        assertThat(head)
                .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
                .contains("Authorization: Bearer provider-key-1\r\n")
                .containsIgnoringCase("openai-beta: assistants=v2\r\n")
                .contains("Content-Length: " + body.length + "\r\n")
                .doesNotContain(RelaySite.KEY, "10.1.2.3", "secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[]" + USED,
                "\n {\"x\":1e2,\"y\":0.10,\"choices\":[{\"message\":{\"content\":\"Z\\u00fcrich Zürich \uD83D\uDE00\"}}]"
                        + USED + "\r\n",
                "{\"choices\":[{\"message\":{\"content\":null,\"tool_calls\":[{\"function\":{\"arguments\":\"{\\\"a\\\":1.0}\"}}]}}],\"error\":null"
                        + USED
            })
    void aWholeAnswerComesAsItWent(String body) throws Exception {
        site.first.answers(
                200, body, "x-ratelimit-remaining-tokens: 5", "openai-organization: acme", "Set-Cookie: a=b");
        Client.Answer answer = site.answer(RelaySite.ask(""));

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("5");
        assertThat(answer.headers()).doesNotContainKeys("openai-organization", "Set-Cookie");
    }

    @Test
    void aStreamComesAsItWentHoweverItIsCut() throws Exception {
        String stream = ": comment\n\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"Zürich \uD83D\uDE00\"}}],\"usage\":null}\n\n"
                + "event: x\r\nid: 7\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"\"}}]}\r\n\r\n"
                + "data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"two lines\"}}]}\n\n"
                + "data:   {\"choices\":[{\"delta\":{\"content\":\"" + "long ü ".repeat(2_000)
                + "\"}}],\"error\":null}\n\n"
                + "retry: 10\n\n\n\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(300_000) + "\"}}]}\n\n"
                + RelaySite.USAGE
                + RelaySite.DONE;
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int longest : new int[] {3, 50, 5_000, bytes.length}) {
            site.reset();
            site.first.answers(asked -> {
                asked.streamHead();
                // Single bytes for as long as that takes milliseconds.
                for (int at = 0; at < bytes.length; ) {
                    int size = Math.min(at < 600 ? 1 + random.nextInt(longest) : 5_000, bytes.length - at);
                    asked.chunk(Arrays.copyOfRange(bytes, at, at + size));
                    at += size;
                }
                asked.end();
            });
            Client.Answer answer = site.answer(RelaySite.askStream());

            assertThat(answer.bytes())
                    .as("seed %d, pieces of up to %d", seed, longest)
                    .isEqualTo(bytes);
            assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(site.settled().charge().units()).isEqualTo(25);
        }
    }

    @Test
    void aClientThatAsksForNoUsageChunkGetsNone() throws Exception {
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.USAGE, RelaySite.DONE));

        assertThat(site.answer(RelaySite.ask(",\"stream\":true")).body()).isEqualTo(RelaySite.HELLO + RelaySite.DONE);
        assertThat(site.settled().charge().units()).isEqualTo(25);
    }

    @Test
    void aStreamThatEndsWithoutItsBlankLineComesAsItWent() throws Exception {
        String end = "data: [DONE]";
        site.first.answers(asked -> asked.stream(RelaySite.HELLO + RelaySite.USAGE + end));

        assertThat(site.answer(RelaySite.askStream()).body()).isEqualTo(RelaySite.HELLO + RelaySite.USAGE + end);
    }
}

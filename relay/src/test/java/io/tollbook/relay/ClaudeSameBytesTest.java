package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.channel.ChannelType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes from a Claude client to a Claude provider and back is what came, byte for byte. */
class ClaudeSameBytesTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void speak() {
        ClaudeSite.speak(site);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"gpt\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                " {\t\"x_first\" : 1e2,\r\n\"messages\":[{\"content\":\"Z\\u00fcrich ü\",\"role\":\"user\"}],\"model\":\"gpt\" ,\"max_tokens\":7, \"thinking\":{\"type\":\"adaptive\"},\"context_management\":{\"edits\":[]},\"temperature\":0.0}\n",
                "{\"model\":\"gpt\",\"max_tokens\":100,\"stream\":true,\"system\":[{\"type\":\"text\",\"text\":\"\",\"cache_control\":{\"type\":\"ephemeral\"}}],\"messages\":[{}],\"mcp_servers\":[{\"type\":\"url\"}],\"tools\":[{\"type\":\"computer_20250124\"}]}"
            })
    void trap15ARequestGoesAsItCame(String body) throws Exception {
        site.first.answers(200, ClaudeSite.WHOLE);
        ClaudeSite.answer(site, body);

        assertThat(site.first.next().body()).isEqualTo(body);
    }

    @Test
    void onlyAMappedModelIsChanged() throws Exception {
        site.directory.channel(1, ChannelType.ANTHROPIC, site.first.baseUrl(), 10, "claude-ü");
        site.directory.changed();
        site.first.answers(200, ClaudeSite.WHOLE);
        ClaudeSite.answer(site, "{\"max_tokens\":1,\"model\" : \"gpt\",\"messages\":[{\"x\":\"gpt\"}]}");

        assertThat(site.first.next().body())
                .isEqualTo("{\"max_tokens\":1,\"model\" : \"claude-ü\",\"messages\":[{\"x\":\"gpt\"}]}");
    }

    @Test
    void theProviderSeesTheClientsHeadersAndNotItsKey() throws Exception {
        site.first.answers(200, ClaudeSite.WHOLE);
        try (Client client = ClaudeSite.call(
                site,
                "/v1/messages?beta=true&key=" + RelaySite.KEY,
                ClaudeSite.ask(""),
                "anthropic-beta: interleaved-thinking-2025-05-14,context-1m-2025-08-07",
                "anthropic-dangerous-direct-browser-access: true",
                "x-stainless-lang: js",
                "x-app: cli",
                "User-Agent: claude-cli/2.0.1 (external, cli)",
                "X-Claude-Code-Session-Id: 5",
                "X-Forwarded-For: 10.1.2.3",
                "Cookie: secret=1")) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
        String head = site.first.next().head();

        assertThat(head)
                .startsWith("POST /v1/messages?beta=true HTTP/1.1\r\n")
                .containsOnlyOnce("x-api-key: provider-key-1\r\n")
                .containsOnlyOnce("anthropic-version: 2023-06-01\r\n")
                .contains("anthropic-beta: interleaved-thinking-2025-05-14,context-1m-2025-08-07\r\n")
                .contains("anthropic-dangerous-direct-browser-access: true\r\n")
                .contains("x-stainless-lang: js\r\n", "x-app: cli\r\n")
                .containsIgnoringCase("x-claude-code-session-id: 5\r\n")
                .containsIgnoringCase("user-agent: claude-cli/2.0.1 (external, cli)\r\n")
                .doesNotContain(RelaySite.KEY, "10.1.2.3", "secret", "Authorization");
    }

    @Test
    void theVersionIsTheClientsAndOtherwiseTheUsualOne() throws Exception {
        site.first.answers(200, ClaudeSite.WHOLE);
        byte[] body = ClaudeSite.ask("").getBytes(StandardCharsets.UTF_8);
        for (String version : new String[] {"anthropic-version: 2024-10-22", "x-unknown: 1"}) {
            try (Client client = new Client(site.port())) {
                client.post("/v1/messages", body, "Authorization: Bearer sk-" + RelaySite.KEY, version);
                assertThat(client.answer().status()).isEqualTo(200);
            }
            assertThat(site.first.next().head())
                    .contains(version.startsWith("x") ? "anthropic-version: 2023-06-01\r\n" : version + "\r\n");
        }
    }

    @Test
    void aWholeAnswerComesAsItWent() throws Exception {
        String body = "\n {\"x\":1e2,\"content\":[{\"type\":\"new_thing\",\"y\":0.10,\"z\":\"Z\\u00fcrich\"}],"
                + "\"usage\":{\"input_tokens\":11,\"output_tokens\":7}}\r\n";
        site.first.answers(
                200,
                body,
                "request-id: req_011",
                "anthropic-ratelimit-tokens-remaining: 5",
                "anthropic-organization-id: acme",
                "Set-Cookie: a=b");
        Client.Answer answer = ClaudeSite.answer(site, ClaudeSite.ask(""));

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("request-id")).isEqualTo("req_011");
        assertThat(answer.header("anthropic-ratelimit-tokens-remaining")).isEqualTo("5");
        assertThat(answer.headers()).doesNotContainKeys("anthropic-organization-id", "Set-Cookie");
        assertThat(site.settled().charge().units()).isEqualTo(25);
    }

    @Test
    void aStreamComesAsItWentHoweverItIsCut() throws Exception {
        String stream = ClaudeSite.START
                + "event: ping\ndata: {\"type\": \"ping\"}\n\n"
                + ": comment\n\n"
                + ClaudeSite.BLOCK
                + "event: new_event\r\ndata:{\"type\":\"new_event\",\"error\":null}\r\n\r\n"
                + ClaudeSite.HELLO
                + ClaudeSite.HELLO.replace("Hello there", "x".repeat(300_000))
                + ClaudeSite.BLOCK_STOP
                + ClaudeSite.DELTA
                + ClaudeSite.STOP;
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int longest : new int[] {3, 50, 5_000, bytes.length}) {
            site.reset();
            ClaudeSite.speak(site);
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

            assertThat(ClaudeSite.answer(site, ClaudeSite.askStream()).bytes())
                    .as("seed %d, pieces of up to %d", seed, longest)
                    .isEqualTo(bytes);
            assertThat(site.settled().charge().units()).isEqualTo(25);
        }
    }

    @Test
    void whatEndsAStreamWaitsForTheSettlement() throws Exception {
        site.ledger.keepEndingsOpen();
        site.first.answers(asked -> asked.stream(
                ClaudeSite.START,
                ClaudeSite.BLOCK,
                ClaudeSite.HELLO,
                ClaudeSite.BLOCK_STOP,
                ClaudeSite.DELTA,
                ClaudeSite.STOP));
        try (Client client = ClaudeSite.call(site, ClaudeSite.askStream())) {
            HandLedger.Entry<?> settlement = site.ledger.settlement();
            settlement.awaitWaiter();
            client.head();
            StringBuilder seen = new StringBuilder();
            while (client.hasMore()) seen.append(client.chunk());
            assertThat(seen.toString()).contains("Hello there").doesNotContain("message_delta", "message_stop");
            settlement.complete();

            assertThat(new String(client.rest(), StandardCharsets.UTF_8)).endsWith(ClaudeSite.DELTA + ClaudeSite.STOP);
        }
    }
}

package io.tollbook.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a channel's settings change, and that without them nothing is changed. */
class ShapingTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static final String THINKING =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n";

    private static void settings(Map<String, String> extra) {
        site.directory.channelWith(1, site.first.baseUrl(), 10, List.of("gpt"), extra);
        site.directory.changed();
    }

    private static JsonNode sent(String more) throws Exception {
        return JsonMapper.shared().readTree(asked(more).body());
    }

    private static Provider.Asked asked(String more) throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(site.answer(RelaySite.ask(more)).status()).isEqualTo(200);
        return site.first.next();
    }

    @Test
    void aChannelWithoutSettingsGetsTheVeryBytes() throws Exception {
        String odd = RelaySite.ask(" , \"seed\" : 1.50");

        site.first.answers(200, RelaySite.WHOLE);
        site.answer(odd);
        assertThat(site.first.next().body()).isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource({"service_tier", "inference_geo", "speed", "safety_identifier"})
    void whatCostsMoreGoesOnlyWhereTheChannelAllowsIt(String field) throws Exception {
        String more = ",\"" + field + "\":\"fast\"";
        assertThat(sent(more).has(field)).isFalse();

        settings(Map.of("settings", "{\"allow_" + field + "\":true}"));
        assertThat(sent(more).path(field).asString()).isEqualTo("fast");
    }

    @Test
    void aFieldIsKnownHoweverItIsEscaped() throws Exception {
        assertThat(sent(",\"service\\u005ftier\":\"priority\"").has("service_tier"))
                .isFalse();
    }

    @Test
    void storeGoesUnlessTheChannelForbidsIt() throws Exception {
        assertThat(sent(",\"store\":true").has("store")).isTrue();

        settings(Map.of("settings", "{\"disable_store\":true}"));
        assertThat(sent(",\"store\":true").has("store")).isFalse();
    }

    @Test
    void aSystemPromptStandsFirstWhereTheClientHasNone() throws Exception {
        settings(Map.of("setting", "{\"system_prompt\":\"Be kind.\"}"));
        JsonNode messages = sent("").path("messages");

        assertThat(messages.get(0).path("role").asString()).isEqualTo("system");
        assertThat(messages.get(0).path("content").asString()).isEqualTo("Be kind.");
        assertThat(messages.get(1).path("content").asString()).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource({"false, Mine.", "true, 'Be kind.\nMine.'"})
    void besideTheClientsOwnOnlyIfItIsToGoInFront(boolean inFront, String told) throws Exception {
        settings(Map.of("setting", "{\"system_prompt\":\"Be kind.\",\"system_prompt_override\":" + inFront + "}"));
        site.first.answers(200, RelaySite.WHOLE);
        site.answer("{\"model\":\"gpt\",\"messages\":[{\"role\":\"system\",\"content\":\"Mine.\"},"
                + "{\"role\":\"user\",\"content\":\"hello\"}]}");
        JsonNode messages =
                JsonMapper.shared().readTree(site.first.next().body()).path("messages");

        assertThat(messages.get(0).path("content").asString()).isEqualTo(told);
        assertThat(messages).hasSize(2);
    }

    @Test
    void headersAreSetFromTemplatesAndPassedByName() throws Exception {
        settings(Map.of(
                "header_override",
                "{\"X-Team\":\"blue\",\"X-Key\":\"k={api_key}\",\"X-Trace\":\"{client_header:X-Request-Trace}\","
                        + "\"X-None\":\"{client_header:X-Absent}\",\"re:^x-pass-\":\"\"}"));
        site.first.answers(200, RelaySite.WHOLE);
        try (Client client = new Client(site.port())) {
            client.post(
                    "/v1/chat/completions",
                    RelaySite.ask("").getBytes(UTF_8),
                    "Authorization: Bearer sk-" + RelaySite.KEY,
                    "X-Request-Trace: {api_key}",
                    "X-Pass-On: yes",
                    "Cookie: secret=1");
            client.answer();
        }
        String head = site.first.next().head().toLowerCase(Locale.ROOT);

        assertThat(head)
                .contains("x-team: blue\r\n")
                .contains("x-trace: {api_key}\r\n")
                .contains("x-pass-on: yes\r\n")
                .doesNotContain("x-none")
                .doesNotContain("cookie")
                .doesNotContain(RelaySite.KEY);
        assertThat(head).containsPattern("x-key: k=\\S+\r\n");
    }

    @Test
    void thinkingIsShownAsTextBetweenMarks() throws Exception {
        settings(Map.of("setting", "{\"thinking_to_content\":true}"));
        site.first.answers(
                asked -> asked.stream(THINKING, RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));
        StringBuilder text = new StringBuilder();
        for (String event : site.answer(RelaySite.askStream()).body().split("\n\n")) {
            if (event.contains("[DONE]")) continue;
            JsonNode delta = JsonMapper.shared()
                    .readTree(event.substring(5))
                    .path("choices")
                    .path(0)
                    .path("delta");
            text.append(delta.path("content").asString(""));
            assertThat(delta.has("reasoning_content")).isFalse();
        }

        assertThat(text.toString()).isEqualTo("<think>\nhm\n</think>\nHello there");
        site.settled();
    }

    @Test
    void aForcedFormatKeepsWhatIsSaidAndDropsWhatIsNotInTheSchema() throws IOException {
        settings(Map.of("setting", "{\"force_format\":true}"));
        site.first.answers(200, RelaySite.WHOLE.replace("\"model\":", "\"x_odd\":1,\"model\":"));
        JsonNode answer =
                JsonMapper.shared().readTree(site.answer(RelaySite.ask("")).bytes());

        assertThat(answer.has("x_odd")).isFalse();
        assertThat(answer.path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asString())
                .isEqualTo("Hello there");
        assertThat(answer.path("usage").path("total_tokens").asInt()).isEqualTo(18);
    }
}

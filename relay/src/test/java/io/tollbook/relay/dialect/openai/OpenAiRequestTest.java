package io.tollbook.relay.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiRequestTest {
    @Test
    void sendsTheClientsBytesAsTheyCame() {
        String odd =
                "{ \"model\" :\t\"gpt\" , \"x_unknown\":{\"a\":[1, 2.50,\"\\u00e9\"]},\n\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}] }";

        assertThat(upstream(odd, "gpt")).isEqualTo(odd);
    }

    @Test
    void replacesAMappedModelAndNothingElse() {
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"gpt\"}],\"model\":\"gpt\",\"y\":\"gpt\"}";

        assertThat(upstream(body, "vendor/\"gpt\"-2"))
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"gpt\"}],\"model\":\"vendor/\\\"gpt\\\"-2\",\"y\":\"gpt\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # client's                                     | upstream's
                    {"model":"g","messages":[{}],"stream":true}    | {"model":"g","messages":[{}],"stream":true,"stream_options":{"include_usage":true}}
                    {"model":"g","messages":[{}],"stream":true,"stream_options":{}} | {"model":"g","messages":[{}],"stream":true,"stream_options":{"include_usage":true}}
                    {"model":"g","messages":[{}],"stream":true,"stream_options":{"a":1}} | {"model":"g","messages":[{}],"stream":true,"stream_options":{"include_usage":true,"a":1}}
                    {"model":"g","messages":[{}],"stream":true,"stream_options":null} | {"model":"g","messages":[{}],"stream":true,"stream_options":{"include_usage":true}}
                    {"model":"g","messages":[{}],"stream":true,"stream_options":{"include_usage":false}} | {"model":"g","messages":[{}],"stream":true,"stream_options":{"include_usage":true}}
                    {"model":"g","messages":[{}],"stream":true,"stream_options":{"include_usage":true}} | {"model":"g","messages":[{}],"stream":true,"stream_options":{"include_usage":true}}
                    {"model":"g","messages":[{}],"stream":false}   | {"model":"g","messages":[{}],"stream":false}
                    """)
    void asksForTheUsageOfAStream(String body, String sent) {
        assertThat(upstream(body, "g")).isEqualTo(sent);
    }

    @Test
    void knowsWhetherTheClientWantsTheUsageChunk() {
        assertThat(read("{\"model\":\"g\",\"messages\":[{}],\"stream_options\":{\"include_usage\":true}}")
                        .wantsUsageChunk())
                .isTrue();
        assertThat(read("{\"model\":\"g\",\"messages\":[{}]}").wantsUsageChunk())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "max_tokens, 0",
        "max_tokens, 1073741824",
        "max_completion_tokens, 5",
        "n, 0",
        "n, 128",
        "max_tokens, null"
    })
    void takesNumbersInRange(String field, String value) {
        assertThat(read("{\"model\":\"g\",\"messages\":[{}],\"" + field + "\":" + value + "}")
                        .model())
                .isEqualTo("g");
    }

    @ParameterizedTest
    @CsvSource({
        "max_tokens, -1",
        "max_tokens, 1073741825",
        "max_tokens, 1.5",
        "max_tokens, \"7\"",
        "max_tokens, 99999999999999999999",
        "max_completion_tokens, -1",
        "n, -1",
        "n, 129",
        "stream, 1",
        "stream, \"yes\"",
        "stream_options, 3"
    })
    void refusesNumbersOutOfRangeByName(String field, String value) {
        assertThatThrownBy(() -> read("{\"model\":\"g\",\"messages\":[{}],\"" + field + "\":" + value + "}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"model\":\"g\",\"messages\":[{}]",
                "{\"model\":\"g\",\"messages\":[{}]} x",
                "{\"messages\":[{}]}",
                "{\"model\":\"\",\"messages\":[{}]}",
                "{\"model\":7,\"messages\":[{}]}",
                "{\"model\":\"g\"}",
                "{\"model\":\"g\",\"messages\":[]}",
                "{\"model\":\"g\",\"messages\":\"hi\"}",
                "{\"model\":\"cheap\",\"messages\":[{}],\"model\":\"dear\"}"
            })
    void refusesWhatIsNoOpenAiRequest(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(Refused.class);
    }

    @Test
    void reckonsWithEveryChoice() {
        assertThat(read("{\"model\":\"g\",\"messages\":[{}],\"n\":3,\"max_tokens\":10}")
                        .outputTokensMax(500))
                .isEqualTo(30);
        assertThat(read("{\"model\":\"g\",\"messages\":[{}],\"n\":3}").outputTokensMax(500))
                .isEqualTo(1_500);
    }

    @Test
    void aLongPromptIsCountedWordByWord() {
        OpenAiRequest request = read(said("hello world ".repeat(20_000)));

        assertThat(request.promptTokensCounted()).isBetween(40_000L, 40_100L);
        assertThat(request.promptTokensEstimated()).isBetween(240_000L, 240_100L);
    }

    @Test
    void whatIsTooLongToCountIsTakenByItsBytes() {
        long beyond = read(said("hello world ".repeat(30_000))).promptTokensCounted();

        assertThat(beyond).isBetween(360_000L, 360_100L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Say hello.",
                "Erkläre mir bitte die Größenordnung.",
                "用一句话解释引力波。",
                "😀🏳️‍🌈👩‍👩‍👧‍👦",
                "for (int i = 0; i < 10; i++) { sum += prices[i] * 1.25; }",
                "1 2 3 4 5 6 7 8 9",
                "kQ7zXw9LpVbR3mTnYc5HsJ8dFgA2eUoI6xZqWrBtNvKy4",
                "data: not a picture, only a text that begins like one"
            })
    void anEstimateIsNeverBelowTheCount(String prompt) {
        String body = said(prompt);
        OpenAiRequest request = read(body);

        assertThat(request.promptTokensEstimated())
                .isBetween(request.promptTokensCounted(), (long) body.getBytes(StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", ""})
    void textThatLooksLikeAFileIsText(String beginning) {
        OpenAiRequest request = read(said(beginning + "kQ7zXw9LpV".repeat(1_000)));

        assertThat(request.promptTokensCounted()).isBetween(5_000L, 10_100L);
        assertThat(request.promptTokensEstimated()).isBetween(10_000L, 10_100L);
    }

    private static String said(String prompt) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
    }

    @Test
    void aPictureInTheBodyIsNotReadAsText() {
        String picture = "data:image/png;base64," + "QUJD".repeat(50_000);
        long counted = read("{\"model\":\"g\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"" + picture + "\"}}]}]}")
                .promptTokensCounted();

        assertThat(counted).isBetween(1_445L, 1_600L);
    }

    private static OpenAiRequest read(String body) {
        return OpenAiRequest.read(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void holdsForAFileAndASoundByTheirSize() {
        String small = "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AAAA\"}}";
        String large = small.replace("AAAA", "A".repeat(4_000_000));
        String sound = "{\"type\":\"input_audio\",\"input_audio\":{\"format\":\"mp3\",\"data\":\"AAAA\"}}";

        assertThat(estimated(large)).isGreaterThan(estimated(small) + 100_000);
        assertThat(estimated(sound.replace("AAAA", "A".repeat(4_000_000)))).isGreaterThan(estimated(sound) + 1_000);
    }

    private static long estimated(String part) {
        return read("{\"model\":\"g\",\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}")
                .promptTokensEstimated();
    }

    private static String upstream(String body, String model) {
        return new String(read(body).upstreamBody(model), StandardCharsets.UTF_8);
    }
}

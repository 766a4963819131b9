package io.tollbook.relay.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesRequestTest {
    private static ResponsesRequest read(String json) {
        return ResponsesRequest.read(json.getBytes(UTF_8));
    }

    @Test
    void readsWhatRoutingAndHoldingNeed() {
        ResponsesRequest request =
                read("{\"model\":\"gpt\",\"input\":\"hello\",\"stream\":true,\"max_output_tokens\":70}");

        assertThat(request.model()).isEqualTo("gpt");
        assertThat(request.isStream()).isTrue();
        assertThat(request.outputTokensMax(1_000)).isEqualTo(70);
        assertThat(read("{\"model\":\"gpt\",\"input\":\"hello\"}").outputTokensMax(1_000))
                .isEqualTo(1_000);
    }

    @Test
    void everythingThatIsReadCounts() {
        long least = read("{\"model\":\"gpt\",\"input\":\"\"}").promptTokensEstimated();
        String words = "word ".repeat(100);

        for (String field : new String[] {
            "\"input\":\"" + words + "\"",
            "\"input\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]",
            "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"" + words + "\"}]}]",
            "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"" + words + "\"}]",
            "\"input\":\"\",\"instructions\":\"" + words + "\"",
            "\"input\":\"\",\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"" + words + "\"}]",
            "\"input\":\"\",\"text\":{\"format\":{\"type\":\"json_schema\",\"description\":\"" + words + "\"}}"
        })
            assertThat(read("{\"model\":\"gpt\"," + field + "}").promptTokensEstimated())
                    .as(field)
                    .isGreaterThan(least + 400);
        assertThat(
                        read("{\"model\":\"gpt\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,"
                                        + "A".repeat(9_000) + "\"}]}]}")
                                .promptTokensEstimated())
                .isBetween(1_000L, 3_000L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"input":"x"}                                               | you must provide a model parameter
            {"model":7,"input":"x"}                                     | model must be a string
            {"model":"gpt"}                                             | Missing required parameter: 'input'.
            {"model":"gpt","input":[]}                                  | Missing required parameter: 'input'.
            {"model":"gpt","input":7}                                   | input must be a string or an array of items
            {"model":"gpt","input":"x","stream":"yes"}                  | stream must be true or false
            {"model":"gpt","input":"x","max_output_tokens":-1}          | max_output_tokens must be a whole number between 0 and 1073741824
            {"model":"gpt","input":"x","background":true}               | background must be false: a call is charged when it ends.
            {"model":"gpt","input":"x","input":"y"}                     | The field input stands twice in your request.
            """)
    void refusesWhatCannotBe(String json, String why) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Refused.class).hasMessage(why);
    }

    @Test
    void whatThePreviousResponseSaidNeedsNoInputButIsHeldFor() {
        ResponsesRequest request = read("{\"model\":\"gpt\",\"previous_response_id\":\"resp_1\"}");

        assertThat(request.model()).isEqualTo("gpt");
        assertThat(request.promptTokensElsewhere()).isEqualTo(131_072);
        assertThat(read("{\"model\":\"gpt\",\"input\":\"x\"}").promptTokensElsewhere())
                .isZero();
    }

    @Test
    void onlyAMappedModelIsEdited() {
        String json = " {\"x\":1e2, \"input\" : \"gpt\",\"model\":\"gpt\",\"stream\":true}\n";

        assertThat(read(json).upstreamBody("gpt")).isEqualTo(json.getBytes(UTF_8));
        assertThat(new String(read(json).upstreamBody("a/ü"), UTF_8))
                .isEqualTo(" {\"x\":1e2, \"input\" : \"gpt\",\"model\":\"a/ü\",\"stream\":true}\n");
    }
}

package io.tollbook.relay.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.UsageFault;
import java.util.Collections;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each dialect's usage means, honest, odd and hostile. Pieces of a streamed answer stand apart by {@code ;;}. Expected
 * are the meters, or {@code nothing}, or what cannot be.
 */
class UsageReaderTest {
    private static final Map<String, Supplier<UsageReader>> DIALECTS = Map.of(
            "openai", OpenAiUsage::new,
            "responses", ResponsesUsage::new,
            "claude", ClaudeUsage::new,
            "gemini", GeminiUsage::new);

    private static Reported read(String dialect, String pieces) {
        UsageReader reader = DIALECTS.get(dialect).get();
        for (String piece : pieces.split(";;")) reader.read(JsonMapper.shared().readTree(piece));
        return reader.reported();
    }

    private static String told(Reported reported) {
        return switch (reported) {
            case Reported.Counted counted -> told(counted.meters());
            case Reported.Begun begun -> "begun " + told(begun.meters());
            case Reported.Nothing nothing ->
                nothing.tools().isEmpty() ? "nothing" : "nothing but " + told(nothing.tools());
            case Reported.Impossible impossible -> impossible.usage().fault().name();
        };
    }

    private static String told(Meters meters) {
        return meters.counts().entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # the plain case, and what is cached or thought
            {"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}                                         | INPUT=11 OUTPUT=7
            {"prompt_tokens":100,"completion_tokens":50,"prompt_tokens_details":{"cached_tokens":80}}             | INPUT=20 CACHE_READ=80 OUTPUT=50
            {"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":100}}             | CACHE_READ=100 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":101}}             | CACHE_ABOVE_PROMPT
            {"prompt_tokens":100,"completion_tokens":5,"prompt_cache_hit_tokens":60,"prompt_cache_miss_tokens":40}| INPUT=40 CACHE_READ=60 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"cached_tokens":60}                                       | INPUT=40 CACHE_READ=60 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"cached_tokens":60,"prompt_tokens_details":{"cached_tokens":0}} | INPUT=40 CACHE_READ=60 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"cached_tokens":60,"prompt_cache_hit_tokens":60,"prompt_tokens_details":{"cached_tokens":60}} | INPUT=40 CACHE_READ=60 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":null,"completion_tokens_details":null} | INPUT=100 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":[]}                                | INPUT=100 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":50,"completion_tokens_details":{"reasoning_tokens":30}}      | INPUT=100 OUTPUT=20 REASONING=30
            {"prompt_tokens":10,"completion_tokens":50,"total_tokens":60,"completion_tokens_details":{"reasoning_tokens":50}} | INPUT=10 REASONING=50
            # thinking beside the answer, where the total proves it and where it does not
            {"prompt_tokens":10,"completion_tokens":5,"total_tokens":45,"completion_tokens_details":{"reasoning_tokens":30}}  | INPUT=10 OUTPUT=5 REASONING=30
            {"prompt_tokens":10,"completion_tokens":20,"total_tokens":45,"completion_tokens_details":{"reasoning_tokens":15}} | INPUT=10 OUTPUT=20 REASONING=15
            {"prompt_tokens":10,"completion_tokens":20,"total_tokens":44,"completion_tokens_details":{"reasoning_tokens":15}} | INPUT=10 OUTPUT=5 REASONING=15
            {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":30}}  | PARTS_ABOVE_ANSWER
            {"prompt_tokens":10,"completion_tokens":0,"total_tokens":40,"completion_tokens_details":{"reasoning_tokens":30}}  | INPUT=10 REASONING=30
            # writes to the cache, by resellers too
            {"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":50,"cache_write_tokens":30}}  | INPUT=20 CACHE_READ=50 CACHE_WRITE_5M=30 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"cache_write_tokens":30}                                  | INPUT=70 CACHE_WRITE_5M=30 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_1h_input_tokens":20}} | INPUT=70 CACHE_WRITE_5M=10 CACHE_WRITE_1H=20 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":5,"ephemeral_1h_input_tokens":20}} | INPUT=75 CACHE_WRITE_5M=5 CACHE_WRITE_1H=20 OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":5,"cache_write_tokens":10,"cache_creation":{"ephemeral_1h_input_tokens":11}} | CACHE_PARTS_ABOVE_WHOLE
            {"prompt_tokens":100,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":41}}  | CACHE_ABOVE_PROMPT
            {"prompt_tokens":0,"completion_tokens":0,"cache_write_tokens":500}                                   | CACHE_WRITE_5M=500
            {"prompt_tokens":0,"completion_tokens":0,"prompt_tokens_details":{"cached_tokens":50}}               | CACHE_ABOVE_PROMPT
            # totals
            {"total_tokens":42}                                                                                  | INPUT=42
            {"prompt_tokens":42,"total_tokens":42}                                                               | INPUT=42
            {"prompt_tokens":40,"total_tokens":42}                                                               | INPUT=40 OUTPUT=2
            {"completion_tokens":2,"total_tokens":42}                                                            | INPUT=40 OUTPUT=2
            {"prompt_tokens":40,"completion_tokens":2,"total_tokens":7}                                          | INPUT=40 OUTPUT=2
            {"prompt_tokens":40,"completion_tokens":2,"total_tokens":99}                                         | INPUT=40 OUTPUT=2
            {"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}                                           | nothing
            {}                                                                                                   | nothing
            # pictures and sound; what is cached comes off the text first, then pictures, then sound
            {"prompt_tokens":100,"completion_tokens":30,"prompt_tokens_details":{"audio_tokens":20,"image_tokens":30},"completion_tokens_details":{"audio_tokens":10,"image_tokens":5}} | INPUT=50 OUTPUT=15 AUDIO_INPUT=20 AUDIO_OUTPUT=10 IMAGE_INPUT=30 IMAGE_OUTPUT=5
            {"prompt_tokens":100,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":50,"audio_tokens":20,"image_tokens":30}} | CACHE_READ=50 OUTPUT=1 AUDIO_INPUT=20 IMAGE_INPUT=30
            {"prompt_tokens":100,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":60,"audio_tokens":20,"image_tokens":30}} | CACHE_READ=60 OUTPUT=1 AUDIO_INPUT=20 IMAGE_INPUT=20
            {"prompt_tokens":100,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":95,"audio_tokens":20,"image_tokens":30}} | CACHE_READ=95 OUTPUT=1 AUDIO_INPUT=5
            {"prompt_tokens":100,"completion_tokens":1,"prompt_tokens_details":{"audio_tokens":71,"image_tokens":30}} | MEDIA_ABOVE_PROMPT
            {"prompt_tokens":1,"completion_tokens":10,"completion_tokens_details":{"reasoning_tokens":6,"audio_tokens":5}} | PARTS_ABOVE_ANSWER
            {"input_tokens":50,"output_tokens":1000,"input_tokens_details":{"image_tokens":40,"text_tokens":10},"output_tokens_details":{"image_tokens":1000}} | INPUT=10 IMAGE_INPUT=40 IMAGE_OUTPUT=1000
            # what is no count
            {"prompt_tokens":10.0,"completion_tokens":5.00}                                                      | INPUT=10 OUTPUT=5
            {"prompt_tokens":1e1,"completion_tokens":5}                                                          | INPUT=10 OUTPUT=5
            {"prompt_tokens":1000000000,"completion_tokens":1000000000}                                          | INPUT=1000000000 OUTPUT=1000000000
            {"prompt_tokens":1000000001,"completion_tokens":5}                                                   | NOT_A_COUNT
            {"prompt_tokens":10,"completion_tokens":9223372036854775807}                                         | NOT_A_COUNT
            {"prompt_tokens":10,"completion_tokens":99999999999999999999}                                        | NOT_A_COUNT
            {"prompt_tokens":10,"completion_tokens":1e400}                                                       | NOT_A_COUNT
            {"prompt_tokens":10,"completion_tokens":-1}                                                          | NOT_A_COUNT
            {"prompt_tokens":-0.0,"completion_tokens":1}                                                         | OUTPUT=1
            {"prompt_tokens":10,"completion_tokens":7.5}                                                         | NOT_A_COUNT
            {"prompt_tokens":"10","completion_tokens":7}                                                         | NOT_A_COUNT
            {"prompt_tokens":true,"completion_tokens":7}                                                         | NOT_A_COUNT
            {"prompt_tokens":{"n":10},"completion_tokens":7}                                                     | NOT_A_COUNT
            {"prompt_tokens":10,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":-1}}              | NOT_A_COUNT
            {"prompt_tokens":10,"completion_tokens":7,"total_tokens":"17"}                                       | NOT_A_COUNT
            {"prompt_tokens":null,"completion_tokens":7}                                                         | OUTPUT=7
            {"prompt_tokens":10,"completion_tokens":7,"server_tool_use":{"web_search_requests":3}}               | INPUT=10 OUTPUT=7 WEB_SEARCH=3
            """)
    void openAi(String usage, String expected) {
        assertThat(told(read("openai", "{\"usage\":" + usage + "}"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"choices":[{"usage":{"prompt_tokens":10,"completion_tokens":3,"cached_tokens":4}}]}                 | INPUT=6 CACHE_READ=4 OUTPUT=3
            {"usage":{"prompt_tokens":10,"completion_tokens":3},"choices":[{"usage":{"cached_tokens":4}}]}       | INPUT=6 CACHE_READ=4 OUTPUT=3
            {"usage":{"prompt_tokens":10,"completion_tokens":3},"timings":{"cache_n":4,"prompt_n":6}}            | INPUT=6 CACHE_READ=4 OUTPUT=3
            {"usage":7}                                                                                          | nothing
            {"usage":null};;{"usage":{"prompt_tokens":10,"completion_tokens":3}}                                 | INPUT=10 OUTPUT=3
            {"usage":{"prompt_tokens":10,"completion_tokens":1}};;{"usage":{"prompt_tokens":10,"completion_tokens":7}} | INPUT=10 OUTPUT=7
            {"usage":{"prompt_tokens":10,"completion_tokens":7}};;{"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}} | INPUT=10 OUTPUT=7
            {"usage":{"prompt_tokens":10}};;{"usage":{"completion_tokens":7}}                                    | INPUT=10 OUTPUT=7
            {"usage":{"prompt_tokens":10,"completion_tokens":"x"}};;{"usage":{"prompt_tokens":10,"completion_tokens":7}} | NOT_A_COUNT
            """)
    void openAiInPieces(String pieces, String expected) {
        assertThat(told(read("openai", pieces))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"usage":{"input_tokens":100,"output_tokens":50,"input_tokens_details":{"cached_tokens":80},"output_tokens_details":{"reasoning_tokens":30}}} | INPUT=20 CACHE_READ=80 OUTPUT=20 REASONING=30
            {"type":"response.completed","response":{"usage":{"input_tokens":10,"output_tokens":5}}}             | INPUT=10 OUTPUT=5
            {"type":"response.incomplete","response":{"usage":{"input_tokens":10,"output_tokens":5}}}            | INPUT=10 OUTPUT=5
            {"type":"response.failed","response":{"usage":{"input_tokens":10,"output_tokens":5}}}                | INPUT=10 OUTPUT=5
            {"type":"response.failed","response":{"usage":null}}                                                 | nothing
            {"usage":{"input_tokens":10,"output_tokens":5},"tools":[{"type":"web_search"},{"type":"file_search"}],"output":[]} | INPUT=10 OUTPUT=5
            {"usage":{"input_tokens":10,"output_tokens":5},"output":[{"type":"web_search_call","status":"completed"},{"type":"web_search_preview_call","status":"completed"},{"type":"file_search_call","status":"completed"},{"type":"message"}]} | INPUT=10 OUTPUT=5 WEB_SEARCH=2 FILE_SEARCH=1
            {"usage":{"input_tokens":10,"output_tokens":5},"output":[{"type":"web_search_call","status":"failed"},{"type":"file_search_call","status":"in_progress"}]} | INPUT=10 OUTPUT=5
            {"usage":{"input_tokens":10,"output_tokens":5},"output":[{"type":"web_search_call","status":"completed","action":{"type":"search"}},{"type":"web_search_call","status":"completed","action":{"type":"open_page"}}]} | INPUT=10 OUTPUT=5 WEB_SEARCH=1
            {"type":"response.output_item.done","item":{"type":"web_search_call","status":"completed"}};;{"type":"response.completed","response":{"usage":{"input_tokens":10,"output_tokens":5},"output":[{"type":"web_search_call","status":"completed"}]}} | INPUT=10 OUTPUT=5 WEB_SEARCH=1
            {"type":"response.output_item.done","item":{"type":"web_search_call","status":"completed"}};;{"type":"response.completed","response":{"usage":{"input_tokens":10,"output_tokens":5},"output":[]}} | INPUT=10 OUTPUT=5 WEB_SEARCH=1
            {"type":"response.output_item.done","item":{"type":"file_search_call","status":"completed"}};;{"type":"response.failed","response":{}} | nothing but FILE_SEARCH=1
            {"usage":{"input_tokens":10,"output_tokens":5,"input_tokens_details":{"cached_tokens":11}}}          | CACHE_ABOVE_PROMPT
            {"usage":{"input_tokens":"10","output_tokens":5}}                                                    | NOT_A_COUNT
            """)
    void responses(String pieces, String expected) {
        assertThat(told(read("responses", pieces))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"usage":{"input_tokens":20,"output_tokens":7}}                                                      | INPUT=20 OUTPUT=7
            {"usage":{"input_tokens":20,"output_tokens":7,"output_tokens_details":{"thinking_tokens":5}}}        | INPUT=20 OUTPUT=2 REASONING=5
            {"usage":{"input_tokens":20,"output_tokens":7,"output_tokens_details":{"thinking_tokens":8}}}        | PARTS_ABOVE_ANSWER
            {"usage":{"input_tokens":20,"cache_read_input_tokens":80,"cache_creation_input_tokens":50,"output_tokens":7}} | INPUT=20 CACHE_READ=80 CACHE_WRITE_5M=50 OUTPUT=7
            {"usage":{"input_tokens":5,"cache_read_input_tokens":1000000,"output_tokens":7}}                     | INPUT=5 CACHE_READ=1000000 OUTPUT=7
            {"usage":{"input_tokens":20,"cache_creation_input_tokens":50,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":40},"output_tokens":7}} | INPUT=20 CACHE_WRITE_5M=10 CACHE_WRITE_1H=40 OUTPUT=7
            {"usage":{"input_tokens":20,"cache_creation_input_tokens":50,"cache_creation":{"ephemeral_1h_input_tokens":30},"output_tokens":7}} | INPUT=20 CACHE_WRITE_5M=20 CACHE_WRITE_1H=30 OUTPUT=7
            {"usage":{"input_tokens":20,"cache_creation_input_tokens":50,"cache_creation":{"ephemeral_5m_input_tokens":11,"ephemeral_1h_input_tokens":40},"output_tokens":7}} | CACHE_PARTS_ABOVE_WHOLE
            {"usage":{"input_tokens":0,"cache_creation_input_tokens":500,"output_tokens":0}}                     | CACHE_WRITE_5M=500
            {"usage":{"input_tokens":0,"output_tokens":0}}                                                       | nothing
            {"usage":{"input_tokens":0,"output_tokens":0,"server_tool_use":{"web_search_requests":2}}}           | nothing but WEB_SEARCH=2
            {"usage":{"input_tokens":20,"output_tokens":7,"server_tool_use":{"web_search_requests":2}}}          | INPUT=20 OUTPUT=7 WEB_SEARCH=2
            {"type":"message_start","message":{"usage":{"input_tokens":20,"cache_read_input_tokens":80,"output_tokens":1}}};;{"type":"message_delta","usage":{"output_tokens":7,"server_tool_use":{"web_search_requests":1}}} | INPUT=20 CACHE_READ=80 OUTPUT=7 WEB_SEARCH=1
            {"type":"message_start","message":{"usage":{"input_tokens":20,"cache_read_input_tokens":80,"output_tokens":1}}}     | begun INPUT=20 CACHE_READ=80 OUTPUT=1
            {"type":"message_start","message":{"usage":{"input_tokens":20,"output_tokens":1}}};;{"type":"message_delta","delta":{"stop_reason":"end_turn"}} | begun INPUT=20 OUTPUT=1
            {"type":"message_start","message":{"usage":{"input_tokens":20,"output_tokens":1}}};;{"type":"message_delta","usage":{"input_tokens":20,"output_tokens":3}};;{"type":"message_delta","usage":{"input_tokens":20,"output_tokens":7}} | INPUT=20 OUTPUT=7
            {"type":"message_start","message":{"usage":{"input_tokens":1000,"output_tokens":1}}};;{"type":"message_delta","usage":{"input_tokens":200,"cache_read_input_tokens":800,"output_tokens":7}} | INPUT=200 CACHE_READ=800 OUTPUT=7
            {"type":"message_start","message":{"usage":{"input_tokens":1000,"output_tokens":1}}};;{"type":"message_delta","usage":{"input_tokens":0,"cache_read_input_tokens":1000,"output_tokens":7}} | CACHE_READ=1000 OUTPUT=7
            {"type":"message_start","message":{"usage":{"input_tokens":20,"cache_read_input_tokens":80,"output_tokens":1}}};;{"type":"message_delta","usage":{"input_tokens":0,"cache_read_input_tokens":80,"output_tokens":7}} | INPUT=20 CACHE_READ=80 OUTPUT=7
            {"type":"message_start","message":{"usage":{"input_tokens":0,"output_tokens":0}}};;{"type":"message_delta","usage":{"input_tokens":20,"output_tokens":7}} | INPUT=20 OUTPUT=7
            {"usage":{"input_tokens":-20,"output_tokens":7}}                                                     | NOT_A_COUNT
            {"usage":{"input_tokens":1000000000,"cache_read_input_tokens":1000000000,"output_tokens":7}}         | NOT_A_COUNT
            """)
    void claude(String pieces, String expected) {
        assertThat(told(read("claude", pieces))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":15}}              | INPUT=10 OUTPUT=5
            {"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"thoughtsTokenCount":30,"totalTokenCount":45}} | INPUT=10 OUTPUT=5 REASONING=30
            {"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":35,"thoughtsTokenCount":30,"totalTokenCount":45}} | INPUT=10 OUTPUT=5 REASONING=30
            {"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"thoughtsTokenCount":30}}           | INPUT=10 OUTPUT=5 REASONING=30
            {"usageMetadata":{"promptTokenCount":10,"toolUsePromptTokenCount":7,"candidatesTokenCount":5,"totalTokenCount":22}} | INPUT=17 OUTPUT=5
            {"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":80,"candidatesTokenCount":5}}     | INPUT=20 CACHE_READ=80 OUTPUT=5
            {"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":101,"candidatesTokenCount":5}}    | CACHE_ABOVE_PROMPT
            {"usageMetadata":{"promptTokenCount":100,"candidatesTokenCount":50,"promptTokensDetails":[{"modality":"TEXT","tokenCount":10},{"modality":"AUDIO","tokenCount":20},{"modality":"IMAGE","tokenCount":60},{"modality":"VIDEO","tokenCount":10}],"candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":40}]}} | INPUT=20 OUTPUT=10 AUDIO_INPUT=20 IMAGE_INPUT=60 IMAGE_OUTPUT=40
            {"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":50,"candidatesTokenCount":5,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":60}]}} | CACHE_READ=50 OUTPUT=5 AUDIO_INPUT=50
            {"usageMetadata":{"promptTokenCount":100,"candidatesTokenCount":5,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":60},{"modality":"IMAGE","tokenCount":41}]}} | MEDIA_ABOVE_PROMPT
            {"usageMetadata":{"promptTokenCount":10,"totalTokenCount":10}};;{"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":3,"totalTokenCount":13}};;{"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":9,"totalTokenCount":19}} | INPUT=10 OUTPUT=9
            [{"usageMetadata":{"promptTokenCount":10}},{"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":9}}] | INPUT=10 OUTPUT=9
            {"usageMetadata":{"promptTokenCount":10,"totalTokenCount":25}}                                       | INPUT=10 OUTPUT=15
            {"usageMetadata":{"totalTokenCount":25}}                                                             | INPUT=25
            {"usageMetadata":{}}                                                                                 | nothing
            {"candidates":[{"index":0,"groundingMetadata":{"webSearchQueries":["a","b","a",""]}}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5}} | INPUT=10 OUTPUT=5 GOOGLE_SEARCH=2
            {"candidates":[{"groundingMetadata":{"webSearchQueries":["a"]}}]};;{"candidates":[{"groundingMetadata":{"webSearchQueries":["a","b"]}}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5}} | INPUT=10 OUTPUT=5 GOOGLE_SEARCH=2
            {"candidates":[{"groundingMetadata":{}}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5}} | INPUT=10 OUTPUT=5
            {"usageMetadata":{"promptTokenCount":1000000000,"toolUsePromptTokenCount":1000000000,"candidatesTokenCount":5}} | NOT_A_COUNT
            {"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":-1}]}} | NOT_A_COUNT
            """)
    void gemini(String pieces, String expected) {
        assertThat(told(read("gemini", pieces))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            claude | {"usage":{"input_tokens":10,"output_tokens":5,"server_tool_use":{"web_search_requests":1000}}}    | INPUT=10 OUTPUT=5 WEB_SEARCH=1000
            claude | {"usage":{"input_tokens":10,"output_tokens":5,"server_tool_use":{"web_search_requests":1001}}}    | TOO_MANY_TOOL_USES
            claude | {"usage":{"input_tokens":0,"output_tokens":0,"server_tool_use":{"web_search_requests":1000000}}}  | TOO_MANY_TOOL_USES
            openai | {"usage":{"prompt_tokens":10,"completion_tokens":5,"server_tool_use":{"web_search_requests":1001}}} | TOO_MANY_TOOL_USES
            """)
    void moreThanAThousandUsesOfAToolCannotBe(String dialect, String pieces, String expected) {
        assertThat(told(read(dialect, pieces))).isEqualTo(expected);
    }

    @Test
    void aToolThatCannotHaveRunSoOftenIsNotCharged() {
        String searches = "{\"type\":\"web_search_call\",\"status\":\"completed\"}";
        String files = String.join(
                ",", Collections.nCopies(1_001, "{\"type\":\"file_search_call\",\"status\":\"completed\"}"));
        Reported reported = read(
                "responses",
                "{\"output\":[" + searches + "," + files + "],\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}");
        assertThat(reported).isInstanceOfSatisfying(Reported.Impossible.class, impossible -> {
            assertThat(impossible.usage().fault()).isEqualTo(UsageFault.TOO_MANY_TOOL_USES);
            assertThat(told(impossible.tools())).isEqualTo("WEB_SEARCH=1");
        });
    }

    @Test
    void keepsOfWhatCannotBeNamesAndNumbersAndNoText() {
        Reported reported = read("openai", """
                {"usage":{"prompt_tokens":11,"completion_tokens":"my secret","note":"my secret","ok":true,\
                "my secret sentence":3,"details":{"cached_tokens":12,"list":[1.5,-2]},"none":null}}""");

        assertThat(reported).isInstanceOfSatisfying(Reported.Impossible.class, impossible -> {
            assertThat(impossible.usage().fields())
                    .containsExactly(
                            Map.entry("prompt_tokens", "11"),
                            Map.entry("completion_tokens", "(text)"),
                            Map.entry("note", "(text)"),
                            Map.entry("ok", "true"),
                            Map.entry("details.cached_tokens", "12"),
                            Map.entry("details.list.0", "1.5"),
                            Map.entry("details.list.1", "-2"));
            assertThat(impossible.usage().cut()).isTrue();
            assertThat(impossible.usage().toString()).doesNotContain("secret");
        });
    }

    @Test
    void keepsNoMoreThanSoMuch() {
        StringBuilder usage = new StringBuilder("{\"usage\":{\"prompt_tokens\":-" + "9".repeat(900));
        for (int i = 0; i < 5_000; i++)
            usage.append(",\"f").append(i).append("\":").append(i);
        Reported reported = read("openai", usage.append("}}").toString());

        assertThat(reported).isInstanceOfSatisfying(Reported.Impossible.class, impossible -> {
            assertThat(impossible.usage().fields()).hasSize(48).containsEntry("prompt_tokens", "(901 digits)");
            assertThat(impossible.usage().cut()).isTrue();
        });
    }

    @Test
    void keepsTheVeryObjectThatCannotBe() {
        Reported reported = read(
                "openai",
                "{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":-7}};;{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}");
        assertThat(reported)
                .isInstanceOfSatisfying(
                        Reported.Impossible.class,
                        impossible -> assertThat(impossible.usage().fields()).containsEntry("completion_tokens", "-7"));

        reported = read(
                "openai",
                "{\"usage\":{\"prompt_tokens\":5,\"cached_tokens\":7}};;{\"usage\":{\"prompt_tokens\":0,\"cached_tokens\":0}}");
        assertThat(reported)
                .isInstanceOfSatisfying(
                        Reported.Impossible.class,
                        impossible -> assertThat(impossible.usage().fields()).containsEntry("cached_tokens", "7"));
    }
}

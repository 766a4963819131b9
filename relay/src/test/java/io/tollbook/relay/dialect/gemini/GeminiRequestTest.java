package io.tollbook.relay.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.relay.dialect.RequestLine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiRequestTest {
    private static final String HELLO = "'contents':[{'parts':[{'text':'hello'}]}]";

    private static GeminiRequest read(String json) {
        return read("/v1beta/models/gpt:generateContent", null, json);
    }

    private static GeminiRequest read(String path, String query, String json) {
        return GeminiRequest.read(
                new RequestLine(path, query), json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            /v1beta/models/gpt:generateContent,           -,             gpt,      false, false
            /v1/models/gpt:streamGenerateContent,         alt=sse&x=y,   gpt,      true,  true
            /v1beta/models/gpt:streamGenerateContent,     key=k,         gpt,      true,  false
            /v1beta/models/lab%2Fgpt+1:generateContent,   alt=json,      lab/gpt+1,false, false
            /v1beta/models/llama3:8b:generateContent,     -,             llama3:8b,false, false
            """)
    void readsItsPath(String path, String query, String model, boolean stream, boolean events) {
        GeminiRequest request = read(path, query, "{" + HELLO + "}");

        assertThat(request.model()).isEqualTo(model);
        assertThat(request.isStream()).isEqualTo(stream);
        assertThat(request.wantsEvents()).isEqualTo(events);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                  | 1000
            {'maxOutputTokens':100}                             | 100
            {'max_output_tokens':'100'}                         | 100
            {'maxOutputTokens':1e2}                             | 100
            {'maxOutputTokens':100,'candidateCount':3}          | 300
            {'candidate_count':'3'}                             | 3000
            {'maxOutputTokens':0}                               | 1000
            """)
    void reckonsTheLongestAnswerAsGoogleReadsIt(String config, long most) {
        assertThat(read("{" + HELLO + ",'generation_config':" + config + "}").outputTokensMax(1_000))
                .isEqualTo(most);
    }

    @Test
    void countsEveryWordWhereverItStands() {
        long hello = read("{" + HELLO + "}").promptTokensEstimated();
        String long1 = "x".repeat(500);
        for (String body : new String[] {
            "'systemInstruction':{'parts':[{'text':'" + long1 + "'}]}",
            "'systemInstruction':'" + long1 + "'",
            "'tools':[{'functionDeclarations':[{'name':'f','description':'" + long1 + "'}]}]",
            "'generationConfig':{'responseSchema':{'description':'" + long1 + "'}}"
        })
            assertThat(read("{" + HELLO + "," + body + "}").promptTokensEstimated() - hello)
                    .isGreaterThanOrEqualTo(500);
        for (String part : new String[] {
            "'functionResponse':{'name':'f','response':{'data':'" + long1 + "'}}",
            "'functionCall':{'name':'f','args':{'url':'" + long1 + "'}}",
            "'thoughtSignature':'" + long1 + "','text':'x'",
            "'inlineData':{'mimeType':'text/plain','data':'" + "A".repeat(668) + "'}"
        })
            assertThat(read("{'contents':[{'parts':[{" + part + "}]}]}").promptTokensEstimated())
                    .isGreaterThanOrEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, 1000, 1445",
        "audio/mp3, 1000, 256",
        "video/mp4, 1000, 8192",
        "application/pdf, 1000, 4096",
        "audio/mp3, 1200000, 10000",
        "video/mp4, 1600000, 30000"
    })
    void aMediumIsWorthItsKindAndItsLength(String type, int letters, long tokens) {
        String part = "{'contents':[{'parts':[{'inline_data':{'data':'" + "A".repeat(letters) + "','mime_type':'" + type
                + "'}}]}]}";
        long empty = read("{'contents':[{'parts':[]}]}").promptTokensEstimated();

        assertThat(read(part).promptTokensEstimated() - empty).isEqualTo(tokens);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contents is required | {}",
                "contents is required | {'contents':[]}",
                "contents must be an array | {'contents':'hello'}",
                "contents[0] must be an object | {'contents':['hello']}",
                "contents[0].parts[1] must be an object | {'contents':[{'parts':[{'text':'a'},'b']}]}",
                "contents[0].parts must be an array | {'contents':[{'parts':'b'}]}",
                "The field generationConfig stands twice | {H,'generationConfig':{},'generation_config':{}}",
                "The field generationConfig.maxOutputTokens stands twice | {H,'generationConfig':{'maxOutputTokens':1,'max_output_tokens':9}}",
                "generationConfig.maxOutputTokens must be a whole number | {H,'generationConfig':{'maxOutputTokens':-1}}",
                "generationConfig.maxOutputTokens must be a whole number | {H,'generationConfig':{'maxOutputTokens':1.5}}",
                "generationConfig.maxOutputTokens must be a whole number | {H,'generationConfig':{'maxOutputTokens':'1e999999999'}}",
                "generationConfig.candidateCount must be a whole number between 0 and 128 | {H,'generationConfig':{'candidateCount':129}}",
                "generationConfig must be an object | {H,'generationConfig':7}",
                "cachedContent is not available | {H,'cachedContent':'cachedContents/x'}",
                "We could not parse | {H"
            })
    void refusesByTheField(String row) {
        String[] parts = row.split(" \\| ");

        assertThatThrownBy(() -> read(parts[1].replace("H", HELLO)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(parts[0]);
    }

    @Test
    void aPathWithoutAModelIsRefused() {
        assertThatThrownBy(() -> read("/v1beta/models/:generateContent", null, "{" + HELLO + "}"))
                .isInstanceOf(Refused.class);
    }
}

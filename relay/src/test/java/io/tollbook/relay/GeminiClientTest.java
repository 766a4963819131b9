package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of Google's whose model answers in OpenAI's dialect. */
class GeminiClientTest {
    private static final String WHOLE = "/v1beta/models/gpt:generateContent";
    private static final String STREAM = "/v1beta/models/gpt:streamGenerateContent";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static Client.Answer answer(String path, String body) throws IOException {
        try (Client client = new Client(site.port())) {
            client.post(
                    path,
                    body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                    "x-goog-api-key: sk-" + RelaySite.KEY);
            return client.answer();
        }
    }

    private static List<JsonNode> events(Client.Answer answer) {
        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        List<JsonNode> events = new ArrayList<>();
        for (String event : answer.body().split("\r\n\r\n"))
            events.add(JsonMapper.shared().readTree(event.substring("data: ".length())));
        return events;
    }

    @Test
    void everyFieldThatBothHaveArrives() throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        Client.Answer answer = answer(WHOLE, """
                {'systemInstruction':{'parts':[{'text':'be short'}]},'contents':[{'role':'user','parts':[{'text':'hello'},\
                {'inlineData':{'mimeType':'image/png','data':'-_8'}}]},{'role':'model','parts':[{'text':'I look'},{'functionCall':{'name':'f','args':{'n':1}}}]},\
                {'role':'user','parts':[{'functionResponse':{'name':'f','response':{'output':'done'}}}]}],\
                'tools':[{'functionDeclarations':[{'name':'f','description':'d','parameters':{'type':'OBJECT','properties':{'n':{'type':'INTEGER'}}}}]}],\
                'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['f']}},\
                'generationConfig':{'temperature':0,'topP':0.5,'maxOutputTokens':100,'candidateCount':2,'stopSequences':['x'],'seed':0,\
                'presencePenalty':0,'frequencyPenalty':0.1,'responseLogprobs':true,'logprobs':2,'responseMimeType':'application/json',\
                'responseSchema':{'type':'OBJECT','properties':{'a':{'type':'STRING'}}}}}""");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode sent = JsonMapper.shared().readTree(site.first.next().body());

        assertThat(sent.path("messages").path(0)).isEqualTo(json("{'role':'system','content':'be short'}"));
        assertThat(sent.path("messages")
                        .path(1)
                        .path("content")
                        .path(1)
                        .path("image_url")
                        .path("url")
                        .asString())
                .isEqualTo("data:image/png;base64,+/8=");
        assertThat(sent.path("messages").path(2).path("content").asString()).isEqualTo("I look");
        JsonNode call = sent.path("messages").path(2).path("tool_calls").path(0);
        assertThat(call.path("function")).isEqualTo(json("{'name':'f','arguments':'{\\\"n\\\":1}'}"));
        assertThat(sent.path("messages").path(3).path("tool_call_id")).isEqualTo(call.path("id"));
        assertThat(sent.path("messages").path(3).path("content").asString()).isEqualTo("done");
        assertThat(sent.path("tools").path(0).path("function").path("parameters"))
                .isEqualTo(json("{'type':'object','properties':{'n':{'type':'integer'}}}"));
        assertThat(sent.path("tool_choice")).isEqualTo(json("{'type':'function','function':{'name':'f'}}"));
        assertThat(sent.path("n").asInt()).isEqualTo(2);
        assertThat(sent.path("seed").isNumber()).isTrue();
        assertThat(sent.path("temperature").isNumber()).isTrue();
        assertThat(sent.path("top_p").asDouble()).isEqualTo(0.5);
        assertThat(sent.path("top_logprobs").asInt()).isEqualTo(2);
        assertThat(sent.path("response_format").path("type").asString()).isEqualTo("json_schema");
        assertThat(sent.toString()).contains("\"stop\"");
    }

    @Test
    void aWholeAnswerReadsAsGooglesOwn() throws Exception {
        site.first.answers(
                200,
                "{\"id\":\"c-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"reasoning_content\":\"hm\",\"content\":\"Hello\","
                        + "\"tool_calls\":[{\"id\":\"x\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"n\\\":1}\"}}]},\"finish_reason\":\"tool_calls\"}],"
                        + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18,\"prompt_tokens_details\":{\"cached_tokens\":4},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}");
        JsonNode answer = JsonMapper.shared()
                .readTree(answer(WHOLE, "{'contents':[{'parts':[{'text':'hello'}]}]}")
                        .bytes());

        assertThat(answer.path("candidates").path(0).path("content").path("parts"))
                .isEqualTo(
                        json(
                                "[{'text':'hm','thought':true},{'text':'Hello'},{'functionCall':{'id':'x','name':'f','args':{'n':1}}}]"));
        assertThat(answer.path("usageMetadata").toString())
                .isEqualTo(
                        json("{'promptTokenCount':11,'candidatesTokenCount':5,'totalTokenCount':18,'cachedContentTokenCount':4,"
                                        + "'thoughtsTokenCount':2,'promptTokensDetails':[{'modality':'TEXT','tokenCount':11}]}")
                                .toString());
        assertThat(answer.path("modelVersion").asString()).isEqualTo("gpt");
    }

    @Test
    void aStreamEndsWithUsageThoughTheProviderIsOpenAis() throws Exception {
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));
        List<JsonNode> events = events(answer(STREAM + "?alt=sse", "{'contents':[{'parts':[{'text':'hello'}]}]}"));

        assertThat(events).hasSize(2);
        assertThat(events.getFirst().toString()).contains("Hello there");
        assertThat(events.getLast()
                        .path("candidates")
                        .path(0)
                        .path("finishReason")
                        .asString())
                .isEqualTo("STOP");
        assertThat(events.getLast()
                        .path("usageMetadata")
                        .path("totalTokenCount")
                        .asInt())
                .isEqualTo(18);
        assertThat(site.settled().charge().units()).isEqualTo(25);
    }

    @Test
    void trap16AStreamWithoutUsageEndsWithWhatWasCharged() throws Exception {
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP));
        List<JsonNode> events = events(answer(STREAM + "?alt=sse", "{'contents':[{'parts':[{'text':'hello'}]}]}"));

        assertThat(site.settled().provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(events.getLast()
                        .path("usageMetadata")
                        .path("candidatesTokenCount")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aStreamWithoutEventsIsOneArray() throws Exception {
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));
        Client.Answer answer = answer(STREAM, "{'contents':[{'parts':[{'text':'hello'}]}]}");

        assertThat(answer.header("Content-Type")).startsWith("application/json");
        JsonNode array = JsonMapper.shared().readTree(answer.bytes());
        assertThat(array).hasSize(2);
        assertThat(array.path(1).path("usageMetadata").path("totalTokenCount").asInt())
                .isEqualTo(18);
    }

    @ParameterizedTest
    @CsvSource({"?alt=sse", "''"})
    void aBrokenStreamEndsWithAnErrorInItsOwnFraming(String query) throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO);
        });
        Client.Answer answer = answer(STREAM + query, "{'contents':[{'parts':[{'text':'hello'}]}]}");
        JsonNode last = query.isEmpty()
                ? JsonMapper.shared().readTree(answer.bytes()).path(1)
                : events(answer).getLast();

        assertThat(last.path("error").path("status").asString()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void aBlockOfFieldsThatIsWrongIsNamedBeforeAnybodyIsAsked() throws Exception {
        Client.Answer answer =
                answer(WHOLE, "{'contents':[{'parts':[{'functionResponse':{'name':'f','response':{}}}]}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("status").asString()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.error().path("message").asString())
                .startsWith("contents[0].parts[0].functionResponse answers no open call");
        assertThat(site.first.waiting()).isZero();
    }
}

package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.channel.ChannelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Embeddings as Google's clients ask for them. */
class GoogleEmbeddingsTest {
    private static final String ONE = "/v1beta/models/gpt:embedContent";
    private static final String BATCH = "/v1beta/models/gpt:batchEmbedContents";
    private static final String ASK = "{\"content\":{\"parts\":[{\"text\":\"hello\"}]}}";
    private static final String VECTORS = "{\"object\":\"list\",\"data\":[{\"index\":1,\"embedding\":[0.25,2]},"
            + "{\"index\":0,\"embedding\":[0.5,-1e-3]}],\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static void google(String model) {
        site.directory.channel(1, ChannelType.GEMINI, site.first.baseUrl(), 10, model);
        site.directory.changed();
    }

    private static Client.Answer answer(String path, String body) throws IOException {
        try (Client client = new Client(site.port())) {
            client.post(path, body.getBytes(StandardCharsets.UTF_8), "x-goog-api-key: sk-" + RelaySite.KEY);
            return client.answer();
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @Test
    void aRequestAndItsAnswerGoAsTheyCame() throws Exception {
        google("gpt");
        String body = " {\"taskType\":\"RETRIEVAL_QUERY\",\"x\":1e2,\"model\":\"models/gpt\","
                + "\"content\":{\"parts\":[{\"text\":\"hello\"}]},\"output_dimensionality\":2}\n";
        String whole = "{\"embedding\": {\"values\":[0.5,-1e-3]},\n\"usageMetadata\":{\"promptTokenCount\":3}}";
        site.first.answers(200, whole);

        assertThat(answer(ONE, body).body()).isEqualTo(whole);
        Provider.Asked asked = site.first.next();
        assertThat(asked.head())
                .startsWith("POST /v1beta/models/gpt:embedContent HTTP/1.1")
                .containsIgnoringCase("x-goog-api-key: provider-key-1");
        assertThat(asked.body()).isEqualTo(body);
        var settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.REPORTED);
        assertThat(settlement.meters().of(Meter.INPUT)).isEqualTo(3);
        assertThat(settlement.charge().units()).isEqualTo(3);
        assertThat(site.ledger.hold().command().worstCase().units()).isLessThan(40);
    }

    @Test
    void aMappedNameStandsWhereverTheModelDoes() throws Exception {
        google("gemini embedding/1");
        site.first.answers(200, "{\"embeddings\":[{\"values\":[1]},{\"values\":[2]}]}");
        String body = "{\"requests\":[{\"model\":\"models/gpt\",\"content\":{\"parts\":[{\"text\":\"one\"}]}}, "
                + "{\"content\":{\"parts\":{\"text\":\"two\"}},\"model\":\"gpt\"}]}";
        assertThat(answer(BATCH, body).status()).isEqualTo(200);

        Provider.Asked asked = site.first.next();
        assertThat(asked.head()).startsWith("POST /v1beta/models/gemini%20embedding/1:batchEmbedContents HTTP/1.1");
        assertThat(asked.body())
                .isEqualTo(body.replace("\"models/gpt\"", "\"models/gemini embedding/1\"")
                        .replace("\"gpt\"", "\"models/gemini embedding/1\""));
        // Google says nothing of tokens here, so they are counted.
        var settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(settlement.meters().of(Meter.INPUT)).isPositive();
        assertThat(settlement.meters().of(Meter.OUTPUT)).isZero();
    }

    @Test
    void openAisClientsReachAModelOfAnyName() throws Exception {
        google("gemini embedding#1");
        site.first.answers(200, "{\"embeddings\":[{\"values\":[1]}]}");
        assertThat(site.answer("/v1/embeddings", "{\"model\":\"gpt\",\"input\":\"x\"}")
                        .status())
                .isEqualTo(200);
        assertThat(site.first.next().head())
                .startsWith("POST /v1beta/models/gemini%20embedding%231:batchEmbedContents HTTP/1.1");
    }

    @Test
    void openAisVectorsComeInGooglesWords() throws Exception {
        site.first.answers(200, VECTORS);
        Client.Answer answer = answer(BATCH, """
                {"requests":[{"content":{"parts":[{"text":"one"},{"text":"more"}]},"outputDimensionality":2},
                {"content":{"parts":[{"text":"two"}]},"outputDimensionality":2,"taskType":"CLUSTERING"}]}""");

        Provider.Asked asked = site.first.next();
        assertThat(asked.head())
                .startsWith("POST /v1/embeddings HTTP/1.1")
                .containsIgnoringCase("authorization: Bearer provider-key-1");
        assertThat(json(asked.body()))
                .isEqualTo(
                        json("{'model':'gpt','input':['one\\nmore','two'],'dimensions':2,'encoding_format':'float'}"));
        assertThat(answer.body()).isEqualTo("{\"embeddings\":[{\"values\":[0.5,-0.001]},{\"values\":[0.25,2]}]}");
        assertThat(site.settled().meters().of(Meter.INPUT)).isEqualTo(8);
    }

    @Test
    void oneTextHasOneVector() throws Exception {
        site.first.answers(200, VECTORS.replace("{\"index\":1,\"embedding\":[0.25,2]},", ""));

        assertThat(answer(ONE, ASK).body()).isEqualTo("{\"embedding\":{\"values\":[0.5,-0.001]}}");
        assertThat(json(site.first.next().body()))
                .isEqualTo(json("{'model':'gpt','input':['hello'],'encoding_format':'float'}"));
    }

    @Test
    void aProvidersErrorIsGooglesError() throws Exception {
        site.first.answers(400, "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\"}}");
        Client.Answer answer = answer(ONE, ASK);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("status").asString()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.error().path("message").asString()).startsWith("too long");
        site.released();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            embedContent       | {}                                                                 | GEMINI   | content is required
            embedContent       | {'content':'x'}                                                    | GEMINI   | content must be an object
            embedContent       | {'model':'models/other','content':{'parts':[{'text':'x'}]}}        | GEMINI   | model must be the model of the path
            embedContent       | {'model':7,'content':{'parts':[{'text':'x'}]}}                     | GEMINI   | model must be a string
            embedContent       | {'content':{'parts':[{'inlineData':{'data':'AA=='}}]}}             | OPENAI   | content.parts[0] must be a text for this model
            embedContent       | {'content':{'parts':[{'text':'x'}]}}                               | DEEPSEEK | No channel of this model makes embeddings.
            batchEmbedContents | {}                                                                 | GEMINI   | requests is required
            batchEmbedContents | {'requests':[]}                                                    | GEMINI   | requests is required
            batchEmbedContents | {'requests':{}}                                                    | GEMINI   | requests must be an array
            batchEmbedContents | {'requests':[{'content':{}},{'model':'models/gpt'}]}               | GEMINI   | requests[1].content is required
            batchEmbedContents | {'requests':[{'content':{},'content':{}}]}                         | GEMINI   | The field requests[0].content stands twice in your request.
            batchEmbedContents | {'requests':[{'content':{},'model':'a'}]}                          | GEMINI   | requests[0].model must be the model of the path
            batchEmbedContents | {'requests':[{'content':{},'outputDimensionality':2},{'content':{}}]} | OPENAI | requests[1].outputDimensionality must be the same in all requests for this model
            """)
    void refusesWhatCannotBe(String action, String body, ChannelType type, String why) throws Exception {
        site.directory.channel(1, type, site.first.baseUrl(), 10, "m");
        site.directory.channel(2, type, site.second.baseUrl(), 5, "m");
        site.directory.changed();
        Client.Answer answer = answer("/v1beta/models/gpt:" + action, body.replace('\'', '"'));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("status").asString()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.error().path("message").asString()).startsWith(why);
        assertThat(site.first.waiting() + site.second.waiting()).isZero();
    }
}

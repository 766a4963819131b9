package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.channel.ChannelType;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Embeddings cost what goes in; nothing is held for what comes out. */
class EmbeddingsTest {
    private static final String PATH = "/v1/embeddings";
    private static final String WHOLE =
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-1e-3]}],\"model\":\"e\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}";
    private static final String VECTORS = "{\"embeddings\":[{\"values\":[0.5,-1.0]},{\"values\":[0.25,2]}]}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static void gemini() {
        site.directory.channel(1, ChannelType.GEMINI, site.first.baseUrl(), 10, "gemini-embedding-001");
        site.directory.changed();
    }

    @Test
    void aRequestAndItsAnswerGoAsTheyCame() throws Exception {
        String body =
                " {\"x\":1e2,\"input\":[\"a\",\"b\"],\"dimensions\":2,\"encoding_format\":\"float\",\"model\":\"gpt\"}\n";
        site.first.answers(200, WHOLE);

        assertThat(site.answer(PATH, body).body()).isEqualTo(WHOLE);
        Provider.Asked asked = site.first.next();
        assertThat(asked.head()).startsWith("POST /v1/embeddings HTTP/1.1");
        assertThat(asked.body()).isEqualTo(body);
        var settlement = site.settled();
        assertThat(settlement.meters().of(Meter.INPUT)).isEqualTo(8);
        assertThat(settlement.charge().units()).isEqualTo(8);
        assertThat(site.ledger.hold().command().worstCase().units()).isLessThan(20);
    }

    @Test
    void googlesVectorsComeInOpenAisWords() throws Exception {
        gemini();
        site.first.answers(200, VECTORS);
        JsonNode answer = JsonMapper.shared()
                .readTree(site.answer(PATH, "{\"model\":\"gpt\",\"input\":[\"one\",\"two\"],\"dimensions\":2}")
                        .bytes());

        Provider.Asked asked = site.first.next();
        assertThat(asked.head())
                .startsWith("POST /v1beta/models/gemini-embedding-001:batchEmbedContents HTTP/1.1")
                .containsIgnoringCase("x-goog-api-key: provider-key-1")
                .doesNotContain("Bearer");
        assertThat(JsonMapper.shared().readTree(asked.body()))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"requests":[
                 {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"one"}]},"outputDimensionality":2},
                 {"model":"models/gemini-embedding-001","content":{"parts":[{"text":"two"}]},"outputDimensionality":2}]}"""));
        assertThat(answer.path("object").asString()).isEqualTo("list");
        assertThat(answer.path("model").asString()).isEqualTo("gpt");
        assertThat(answer.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(answer.at("/data/1/embedding").toString()).isEqualTo("[0.25,2]");
        // Google says nothing of tokens here, so they are counted.
        var settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(settlement.meters().of(Meter.OUTPUT)).isZero();
        assertThat(answer.at("/usage/prompt_tokens").asLong())
                .isEqualTo(settlement.meters().of(Meter.INPUT))
                .isPositive();
    }

    @Test
    void packsVectorsWhereTheClientUnpacksThem() throws Exception {
        gemini();
        site.first.answers(200, VECTORS);
        JsonNode answer = JsonMapper.shared()
                .readTree(site.answer(PATH, "{\"model\":\"gpt\",\"input\":\"one\",\"encoding_format\":\"base64\"}")
                        .bytes());

        // 0.5 and -1.0, the lowest byte first.
        assertThat(Base64.getDecoder().decode(answer.at("/data/0/embedding").asString()))
                .containsExactly(0, 0, 0, 0x3f, 0, 0, 0x80, 0xbf);
    }

    @Test
    void openAisOwnClientReadsThem() throws Exception {
        gemini();
        site.first.answers(200, VECTORS);
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + site.port() + "/v1")
                .apiKey("sk-" + RelaySite.KEY)
                .maxRetries(0)
                .build();
        CreateEmbeddingResponse response = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("gpt")
                        .inputOfArrayOfStrings(List.of("one", "two"))
                        .build());
        client.close();

        assertThat(response.data().get(0).embedding()).containsExactly(0.5f, -1.0f);
        assertThat(response.data().get(1).embedding()).containsExactly(0.25f, 2.0f);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"input":"x"}                                              | OPENAI    | you must provide a model parameter
            {"model":"gpt"}                                            | OPENAI    | field input is required
            {"model":"gpt","input":7}                                  | OPENAI    | input must be a string or an array
            {"model":"gpt","input":[1,2]}                              | GEMINI    | input must be a string or an array of strings for this model
            {"model":"gpt","input":"x","encoding_format":"int8"}       | GEMINI    | encoding_format must be float or base64
            {"model":"gpt","input":"x"}                                | DEEPSEEK  | No channel of this model makes embeddings.
            """)
    void refusesWhatCannotBe(String body, ChannelType type, String why) throws Exception {
        site.directory.channel(1, type, site.first.baseUrl(), 10, "m");
        site.directory.channel(2, type, site.second.baseUrl(), 5, "m");
        site.directory.changed();
        Client.Answer answer = site.answer(PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("message").asString()).startsWith(why);
        assertThat(site.first.waiting() + site.second.waiting()).isZero();
    }
}

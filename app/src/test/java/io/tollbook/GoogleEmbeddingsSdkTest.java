package io.tollbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.ContentEmbedding;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import io.tollbook.bench.vendor.VendorDouble;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Embeddings by Google's own Java client, unmodified, against the whole product: from Google, and from OpenAI's kind. */
class GoogleEmbeddingsSdkTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Gives each text its length as a vector, in the words of whoever is asked. */
    private static final class Vectors extends VendorDouble {
        Vectors() throws IOException {}

        @Override
        protected Reply answer(Asked request) {
            JsonNode body = JSON.readTree(request.body());
            ObjectNode root = JSON.createObjectNode();
            if (request.target().equals("/v1/embeddings")) {
                for (JsonNode text : body.path("input")) {
                    ObjectNode one = root.withArray("data").addObject();
                    one.put("index", root.path("data").size() - 1);
                    one.putArray("embedding").add(text.asString().length());
                }
                root.putObject("usage").put("prompt_tokens", 5).put("total_tokens", 5);
            } else if (request.target().endsWith(":batchEmbedContents")) {
                for (JsonNode one : body.path("requests"))
                    vector(root.withArray("embeddings").addObject(), one);
            } else vector(root.putObject("embedding"), body);
            return Reply.json(200, root.toString());
        }

        private static void vector(ObjectNode vector, JsonNode request) {
            vector.putArray("values")
                    .add(request.at("/content/parts/0/text").asString().length());
        }
    }

    private static TestSite site;
    private static Vectors vectors;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        site = new TestSite();
        vectors = new Vectors();
        site.root()
                .put(
                        "/api/option/",
                        Map.of(
                                "key",
                                "ModelRatio",
                                "value",
                                "{\"gemini-embedding-001\":1,\"text-embedding-3-small\":1}"));
        String key = site.user("ann", 1_000_000_000L).key();
        channel(24, "gemini-embedding-001");
        channel(1, "text-embedding-3-small");
        client = Client.builder()
                .apiKey(key)
                .httpOptions(HttpOptions.builder()
                        .baseUrl(site.base.toString())
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        vectors.close();
        site.close();
    }

    private static void channel(int type, String model) throws Exception {
        Map<String, Object> channel = Map.of(
                "type",
                type,
                "name",
                model,
                "key",
                "vectors-key",
                "base_url",
                vectors.base().toString(),
                "models",
                model,
                "group",
                "default",
                "priority",
                10,
                "weight",
                1,
                "auto_ban",
                0);
        site.root().post("/api/channel/", Map.of("mode", "single", "channel", channel));
    }

    @ParameterizedTest
    @CsvSource({"gemini-embedding-001, :batchEmbedContents", "text-embedding-3-small, /v1/embeddings"})
    void textsBecomeVectors(String model, String target) {
        EmbedContentResponse response = client.models.embedContent(
                model,
                List.of("one", "three"),
                EmbedContentConfig.builder()
                        .outputDimensionality(1)
                        .taskType("CLUSTERING")
                        .build());

        assertThat(vectors.last().target()).endsWith(target);
        assertThat(response.embeddings().orElseThrow().stream()
                        .map(ContentEmbedding::values)
                        .map(values -> values.orElseThrow()))
                .containsExactly(List.of(3f), List.of(5f));
    }
}

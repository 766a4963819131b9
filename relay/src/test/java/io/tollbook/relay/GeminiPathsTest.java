package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.channel.ChannelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Google's clients hear where no model answers: errors, counts and lists. */
class GeminiPathsTest {
    private static final String ASK = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void googleIsTheProvider() {
        site.directory.channel(1, ChannelType.GEMINI, site.first.baseUrl(), 10, "gemini-2.5-pro");
        site.directory.changed();
    }

    private static Client.Answer answer(String path, String body) throws IOException {
        try (Client client = new Client(site.port())) {
            client.post(path, body.getBytes(StandardCharsets.UTF_8), "x-goog-api-key: sk-" + RelaySite.KEY);
            return client.answer();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1beta/models/gpt:generateContent     | {"contents":[]}  | 400 | INVALID_ARGUMENT | contents is required
            /v1beta/models/nothing:generateContent | {"contents":[{"parts":[{"text":"x"}]}]} | 404 | NOT_FOUND | nothing
            /v1beta/models/gpt:predict             | {}               | 404 | NOT_FOUND | Invalid URL
            /v1beta/models/gpt:countTokens         | {}               | 400 | INVALID_ARGUMENT | contents is required
            """)
    void whatIsAskedWronglyIsSaidAsGoogleSaysIt(String path, String body, int status, String word, String message)
            throws Exception {
        Client.Answer answer = answer(path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().path("code").asInt()).isEqualTo(status);
        assertThat(answer.error().path("status").asString()).isEqualTo(word);
        assertThat(answer.error().path("message").asString()).contains(message);
        assertThat(site.first.waiting()).isZero();
    }

    @Test
    void aWrongKeyIsUnauthenticated() throws Exception {
        try (Client client = new Client(site.port())) {
            client.post("/v1beta/models/gpt:generateContent?key=wrong", ASK.getBytes(StandardCharsets.UTF_8));
            Client.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.error().path("status").asString()).isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void aBusyProviderSaysWhenToComeAgain() throws Exception {
        site.directory.channel(2, ChannelType.GEMINI, site.second.baseUrl(), 5, "gemini-2.5-pro");
        site.directory.changed();
        String busy =
                "{\"error\":{\"code\":429,\"message\":\"Quota exceeded\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"6.07s\"}]}}";
        site.first.answers(429, busy);
        site.second.answers(429, busy);
        Client.Answer answer = answer("/v1beta/models/gpt:generateContent", ASK);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(answer.error().path("status").asString()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(answer.error().path("details").toString()).contains("google.rpc.RetryInfo", "\"7s\"");
    }

    @Test
    void countsTokensWithoutAskingAnybody() throws Exception {
        Client.Answer answer = answer(
                "/v1beta/models/gpt:countTokens",
                "{\"generateContentRequest\":{\"model\":\"models/gpt\",\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello world\"},"
                        + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}]}]}}");

        assertThat(answer.status()).isEqualTo(200);
        // Two words of 1.15, a space of 0.2, and a picture.
        assertThat(JsonMapper.shared()
                        .readTree(answer.bytes())
                        .path("totalTokens")
                        .asInt())
                .isEqualTo(3 + 258);
        assertThat(site.first.waiting()).isZero();
        assertThat(site.ledger.hasHolds()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/v1beta/models, x-goog-api-key: sk-K", "/v1/models, x-goog-api-key: sk-K", "/v1/models?key=K, X: Y"})
    void listsModelsAsGoogleDoes(String path, String header) throws Exception {
        JsonNode models = get(path.replace("K", RelaySite.KEY), header.replace("K", RelaySite.KEY))
                .path("models");

        assertThat(models.path(0).path("name").asString()).isEqualTo("models/gpt");
        assertThat(models.path(0).path("outputTokenLimit").asInt()).isEqualTo(1_000);
        assertThat(models.path(0).path("supportedGenerationMethods").toString()).contains("generateContent");
    }

    @Test
    void listsModelsPageByPage() throws Exception {
        site.directory.channel(2, site.second.baseUrl(), 5, List.of("gpt", "asking", "lab/gpt+1"));
        site.directory.changed();
        String key = "x-goog-api-key: " + RelaySite.KEY;
        JsonNode first = get("/v1beta/models?pageSize=2", key);
        assertThat(first.path("models")).hasSize(2);
        JsonNode second = get(
                "/v1beta/models?pageSize=2&pageToken="
                        + first.path("nextPageToken").asString(),
                key);

        assertThat(second.path("models")).hasSize(1);
        assertThat(second.path("models").path(0).path("name").asString()).isEqualTo("models/lab/gpt+1");
        assertThat(second.has("nextPageToken")).isFalse();
        assertThat(get("/v1beta/models/lab/gpt+1", key).path("name").asString()).isEqualTo("models/lab/gpt+1");
        assertThat(get("/v1beta/models/none", key).path("error").path("status").asString())
                .isEqualTo("NOT_FOUND");
        assertThat(get("/v1beta/models?pageSize=x", key)
                        .path("error")
                        .path("status")
                        .asString())
                .isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void listsModelsAsOpenAiDoesWhereThatIsAsked() throws Exception {
        for (String path : new String[] {"/v1beta/openai/models", "/v1/models"})
            assertThat(get(path, "Authorization: Bearer sk-" + RelaySite.KEY)
                            .path("data")
                            .path(0)
                            .path("id")
                            .asString())
                    .isEqualTo("gpt");
    }

    private static JsonNode get(String path, String header) throws IOException {
        try (Client client = new Client(site.port())) {
            client.send(
                    "GET " + path + " HTTP/1.1\r\nHost: tollbook\r\nConnection: close\r\n" + header + "\r\n\r\n",
                    new byte[0]);
            return JsonMapper.shared().readTree(client.answer().bytes());
        }
    }
}

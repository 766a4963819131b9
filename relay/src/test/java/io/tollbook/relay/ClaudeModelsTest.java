package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Models listed and tokens counted for Anthropic's clients. */
class ClaudeModelsTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void serve() {
        site.directory.channel(3, site.first.baseUrl(), 1, List.of("gpt", "lab/gpt+1", "asking"));
        site.directory.changed();
    }

    private static JsonNode get(String path, int status) throws Exception {
        try (Client client = new Client(site.port())) {
            client.send(
                    "GET " + path + " HTTP/1.1\r\nHost: tollbook\r\nanthropic-version: 2023-06-01\r\nx-api-key: sk-"
                            + RelaySite.KEY + "\r\n\r\n",
                    new byte[0]);
            Client.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(status);
            return JsonMapper.shared().readTree(answer.bytes());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                                      | asking,gpt,lab/gpt+1 | false
            ?limit=2                  | asking,gpt           | true
            ?limit=2&after_id=gpt     | lab/gpt+1            | false
            ?limit=1&before_id=gpt    | asking               | false
            ?limit=1&before_id=lab/gpt%2B1 | gpt             | true
            ?after_id=zzz             | -                    | false
            """)
    void pagesForwardsAndBackwards(String query, String models, boolean more) throws Exception {
        JsonNode list = get("/v1/models" + (query == null ? "" : query), 200);
        List<String> expected = models == null ? List.of() : List.of(models.split(","));

        assertThat(list.path("data").findValuesAsString("id")).isEqualTo(expected);
        assertThat(list.path("has_more").asBoolean()).isEqualTo(more);
        assertThat(list.path("first_id").asString(null)).isEqualTo(expected.isEmpty() ? null : expected.getFirst());
        assertThat(list.path("last_id").asString(null)).isEqualTo(expected.isEmpty() ? null : expected.getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab/gpt+1", "lab/gpt%2B1"})
    void showsOneModel(String name) throws Exception {
        JsonNode model = get("/v1/models/" + name, 200);

        assertThat(model.path("type").asString()).isEqualTo("model");
        assertThat(model.path("id").asString()).isEqualTo("lab/gpt+1");
        assertThat(model.path("display_name").asString()).isNotBlank();
        assertThat(model.path("created_at").asString()).endsWith("Z");
    }

    @Test
    void whatIsNotThereIsToldInClaudesWords() throws Exception {
        assertThat(get("/v1/models/nothing", 404).path("error").path("type").asString())
                .isEqualTo("not_found_error");
        assertThat(get("/v1/models?limit=0", 400).path("error").path("message").asString())
                .contains("limit");
        assertThat(get("/v1/models?limit=1001", 400).path("type").asString()).isEqualTo("error");
    }

    private static Client.Answer counted(String key, String body) throws Exception {
        try (Client client = new Client(site.port())) {
            client.post(
                    "/v1/messages/count_tokens?beta=true",
                    body.getBytes(StandardCharsets.UTF_8),
                    "x-api-key: sk-" + key,
                    "anthropic-version: 2023-06-01");
            return client.answer();
        }
    }

    private static long tokens(String more) throws Exception {
        Client.Answer answer = counted(
                RelaySite.KEY,
                "{\"model\":\"gpt\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}" + more + "}");
        assertThat(answer.status()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.bytes()).path("input_tokens").asLong();
    }

    @Test
    void countsHereAndAsksNobody() throws Exception {
        long bare = tokens("]");

        assertThat(bare).isBetween(5L, 15L);
        assertThat(
                        tokens(
                                ",{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a b c d e f g h i j\"}]}]"))
                .isBetween(bare + 15, bare + 25);
        assertThat(tokens("],\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}]"))
                .isGreaterThan(bare + 346);
        assertThat(
                        tokens(
                                ",{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}}]}]"))
                .isBetween(bare + 1_500, bare + 1_700);
        assertThat(tokens("],\"system\":\"" + "词".repeat(100) + "\"")).isBetween(bare + 115, bare + 125);
        assertThat(site.ledger.hasHolds()).isFalse();
        assertThat(site.first.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"messages":[{}]}            | model
            {"model":"gpt"}              | messages
            {"model":"gpt","messages":7} | messages
            []                           | JSON
            """)
    void aQuestionThatIsNoneIsRefused(String body, String named) throws Exception {
        Client.Answer answer = counted(RelaySite.KEY, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(answer.error().path("message").asString()).contains(named);
    }

    @Test
    void countsForNoStranger() throws Exception {
        Client.Answer answer = counted("x".repeat(48), "{\"model\":\"gpt\",\"messages\":[{}]}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error().path("type").asString()).isEqualTo("authentication_error");
    }
}

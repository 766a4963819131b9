package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.token.TokenTerms;
import io.tollbook.kernel.user.UserStatus;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which models a key can call, as OpenAI's clients read it. */
class ModelListTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static Client.Answer get(String path) throws IOException {
        try (Client client = new Client(site.port())) {
            client.send(
                    "GET " + path + " HTTP/1.1\r\nHost: tollbook\r\nAuthorization: Bearer sk-" + RelaySite.KEY
                            + "\r\n\r\n",
                    new byte[0]);
            return client.answer();
        }
    }

    @Test
    void listsWhatTheGroupCanReachAndPay() throws Exception {
        site.directory.channel(3, site.first.baseUrl(), 1, List.of("gpt", "unpriced", "lab/gpt+1"));
        site.directory.changed();
        JsonNode list = JsonMapper.shared().readTree(get("/v1/models").bytes());

        assertThat(list.path("object").asString()).isEqualTo("list");
        assertThat(list.path("data").findValuesAsString("id")).containsExactly("gpt", "lab/gpt+1");
        assertThat(list.path("data").path(0).path("object").asString()).isEqualTo("model");
        assertThat(list.path("data").path(0).path("created").asLong()).isPositive();
        assertThat(list.path("data").path(0).path("owned_by").asString()).isNotBlank();
    }

    @Test
    void listsNoMoreThanTheKeyMayCall() throws Exception {
        site.directory.key(
                RelaySite.KEY,
                new TokenTerms("key", null, null, true, List.of("other"), List.of(), "", false),
                UserStatus.ENABLED);
        site.directory.changed();

        assertThat(JsonMapper.shared().readTree(get("/v1/models").bytes()).path("data"))
                .isEmpty();
        assertThat(get("/v1/models/gpt").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lab/gpt+1", "lab/gpt%2B1"})
    void findsAModelHoweverItsNameIsWritten(String name) throws Exception {
        site.directory.channel(3, site.first.baseUrl(), 1, List.of("lab/gpt+1"));
        site.directory.changed();
        Client.Answer answer = get("/v1/models/" + name);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(answer.bytes()).path("id").asString())
                .isEqualTo("lab/gpt+1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-99", "", "gpt/", "g%20pt"})
    void saysThatThereIsNoSuchModel(String name) throws Exception {
        Client.Answer answer = get("/v1/models/" + name);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error().path("code").asString()).isEqualTo("model_not_found");
    }
}

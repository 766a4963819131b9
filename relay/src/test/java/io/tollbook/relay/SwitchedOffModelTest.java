package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.catalogue.NameRule;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A model that an administrator switched off is as if nobody served it, from the moment the relay hears of it. */
class SwitchedOffModelTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static boolean listed() throws IOException {
        try (Client client = new Client(site.port())) {
            client.send(
                    "GET /v1/models HTTP/1.1\r\nHost: tollbook\r\nAuthorization: Bearer sk-" + RelaySite.KEY
                            + "\r\n\r\n",
                    new byte[0]);
            return JsonMapper.shared()
                    .readTree(client.answer().bytes())
                    .path("data")
                    .findValuesAsString("id")
                    .contains("gpt");
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt, EXACT", "g, PREFIX", "p, CONTAINS", "pt, SUFFIX"})
    void isRefusedAndNotListedUntilItIsEnabledAgain(String name, NameRule rule) throws Exception {
        site.directory.describe(1, name, rule, false);
        Client.Answer refused = site.answer(RelaySite.ask(""));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.error().path("code").asString()).isEqualTo("model_not_found");
        assertThat(refused.error().path("message").asString()).startsWith("The model gpt is disabled.");
        assertThat(site.refusals.getLast().refusal()).isEqualTo(Refusal.NOT_FOUND);
        assertThat(site.first.received()).isZero();
        assertThat(listed()).isFalse();

        site.directory.describe(1, name, rule, true);
        site.first.answers(200, RelaySite.WHOLE);
        assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(200);
        assertThat(listed()).isTrue();
    }

    @Test
    void itsOwnDescriptionWinsOverARule() throws Exception {
        site.directory.describe(1, "gp", NameRule.PREFIX, false);
        site.directory.describe(2, "gpt", NameRule.EXACT, true);
        site.first.answers(200, RelaySite.WHOLE);

        assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(200);
        assertThat(listed()).isTrue();
    }
}

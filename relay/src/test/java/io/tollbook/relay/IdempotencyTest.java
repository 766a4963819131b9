package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request under a key is answered once and charged once, however often it is sent. */
class IdempotencyTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static Client send(String key, String body) throws IOException {
        Client client = new Client(site.port());
        client.post(
                "/v1/chat/completions",
                body.getBytes(StandardCharsets.UTF_8),
                "Authorization: Bearer sk-" + RelaySite.KEY,
                "Idempotency-Key: " + key);
        return client;
    }

    private static Client.Answer ask(String key, String body) throws IOException {
        try (Client client = send(key, body)) {
            return client.answer();
        }
    }

    @Test
    void theSameRequestAgainGetsTheSameAnswerAndCostsNothing() throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        Client.Answer first = ask("k1", RelaySite.ask(""));
        Client.Answer again = ask("k1", RelaySite.ask(""));

        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.bytes()).isEqualTo(first.bytes());
        site.settled();
    }

    @Test
    void aStreamIsRepeatedEventByEvent() throws Exception {
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));
        Client.Answer first = ask("k1", RelaySite.askStream());
        Client.Answer again = ask("k1", RelaySite.askStream());

        assertThat(first.body()).isEqualTo(RelaySite.HELLO + RelaySite.STOP + RelaySite.USAGE + RelaySite.DONE);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Content-Type")).startsWith("text/event-stream");
        site.settled();
    }

    @Test
    void whoeverLostTheConnectionGetsAllOfTheAnswerLater() throws Exception {
        Client client = send("k1", RelaySite.askStream());
        Provider.Asked asked = site.first.next();
        asked.streamHead();
        asked.chunk(RelaySite.HELLO);
        client.head();
        client.chunk();
        client.hangUp();
        for (int times = 0; times < 200; times++) asked.chunk(RelaySite.HELLO);
        asked.chunk(RelaySite.STOP + RelaySite.USAGE + RelaySite.DONE);
        asked.end();
        site.settled();
        Client.Answer again = ask("k1", RelaySite.askStream());

        assertThat(again.body())
                .isEqualTo(RelaySite.HELLO.repeat(201) + RelaySite.STOP + RelaySite.USAGE + RelaySite.DONE);
        site.settled();
    }

    @Test
    void twoAtOnceAreOneCall() throws Exception {
        try (Client client = send("k1", RelaySite.ask(""))) {
            Provider.Asked asked = site.first.next();
            Client.Answer meanwhile = ask("k1", RelaySite.ask(""));
            asked.whole(200, RelaySite.WHOLE);

            assertThat(meanwhile.status()).isEqualTo(409);
            assertThat(meanwhile.header("Retry-After")).isEqualTo("1");
            assertThat(meanwhile.body()).contains("idempotency_in_progress");
            assertThat(client.answer().status()).isEqualTo(200);
        }
        site.settled();
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() throws Exception {
        site.first.answers(200, RelaySite.WHOLE);
        ask("k1", RelaySite.ask(""));
        Client.Answer other = ask("k1", RelaySite.ask(",\"n\":2"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency_key_reused");
        site.settled();
    }

    @Test
    void aCallThatFailedMayBeTriedAgainUnderItsKey() throws Exception {
        site.first.answers(400, "{\"error\":{\"message\":\"no\"}}");
        assertThat(ask("k1", RelaySite.ask("")).status()).isEqualTo(400);
        site.released();
        site.first.answers(200, RelaySite.WHOLE);

        assertThat(ask("k1", RelaySite.ask("")).status()).isEqualTo(200);
    }

    @Test
    void nothingIsSentWhileKeysCannotBeTaken() throws Exception {
        site.answers.breakDown();
        Client.Answer answer = ask("k1", RelaySite.ask(""));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(site.first.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "\u00e4"})
    void aKeyIsVisibleAscii(String key) throws Exception {
        assertThat(ask(key, RelaySite.ask("")).status()).isEqualTo(400);
        assertThat(site.first.waiting()).isZero();
    }
}

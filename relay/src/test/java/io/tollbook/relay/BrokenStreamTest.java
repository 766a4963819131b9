package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.settings.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream that breaks after the client has seen its beginning: nobody else is asked, and the client is told how it ends. */
class BrokenStreamTest {
    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    /** What came behind the first events: one error and nothing more. */
    private static JsonNode errorBehind(String events, Client.Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).startsWith(events).doesNotContain("[DONE]");
        String rest = answer.body().substring(events.length());
        assertThat(rest).startsWith("data: ").endsWith("\n\n");
        JsonNode error =
                JsonMapper.shared().readTree(rest.substring("data: ".length())).path("error");
        assertThat(error.path("message").asString()).contains(answer.header("X-Oneapi-Request-Id"));
        return error;
    }

    private static SettleUsage estimated(Attempt.Outcome outcome) {
        SettleUsage settlement = site.settled();
        assertThat(settlement.provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(settlement.meters().of(Meter.OUTPUT)).isEqualTo(3);
        assertThat(settlement.attempts()).extracting(Attempt::outcome).containsExactly(outcome);
        assertThat(site.second.waiting()).isZero();
        return settlement;
    }

    @Test
    void chargesWhatCameBeforeACut() throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO + "data: {\"choi");
        });
        JsonNode error = errorBehind(RelaySite.HELLO, site.answer(RelaySite.askStream()));

        assertThat(error.path("code").asString()).isEqualTo("bad_response_body");
        estimated(Attempt.Outcome.CUT);
    }

    @Test
    void anErrorIsAnEventOfItsOwnBehindATornOne() throws Exception {
        String giant = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "a".repeat(300_000);
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO + giant);
        });
        String sent = RelaySite.HELLO + giant;
        Client.Answer answer = site.answer(RelaySite.askStream());

        assertThat(answer.body()).startsWith(RelaySite.HELLO).contains("aaaa\n\ndata: {\"error\":");
        assertThat(answer.body().length()).isGreaterThan(sent.length());
    }

    @Test
    void passesAtOnceWhatComesBehindAnEarlyUsageChunk() throws Exception {
        try (Client client = site.call(RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            asked.streamHead();
            asked.chunk(RelaySite.USAGE);
            asked.chunk(RelaySite.HELLO);
            client.head();

            assertThat(client.chunk()).isEqualTo(RelaySite.USAGE + RelaySite.HELLO);
            asked.chunk(RelaySite.DONE);
        }
    }

    @Test
    void chargesWhatCameBeforeASilence() throws Exception {
        site.set(Option.STREAM_SILENCE_SECONDS, 1);
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO);
            asked.awaitCut();
        });
        errorBehind(RelaySite.HELLO, site.answer(RelaySite.askStream()));

        estimated(Attempt.Outcome.TIMED_OUT);
    }

    @Test
    void chargesWhatCameBeforeAnError() throws Exception {
        site.first.answers(asked -> asked.stream(
                RelaySite.HELLO,
                "data: {\"error\":{\"message\":\"key sk-abcdef1234 of a.vendor.com is out of funds\",\"type\":\"funds\",\"code\":\"402\"}}\n\n",
                RelaySite.DONE));
        JsonNode error = errorBehind(RelaySite.HELLO, site.answer(RelaySite.askStream()));

        assertThat(error.path("message").asString()).startsWith("key *** of *** is out of funds");
        assertThat(error.path("type").asString()).isEqualTo("funds");
        assertThat(error.path("code").asString()).isEqualTo("402");
        estimated(Attempt.Outcome.FAILED);
    }

    @Test
    void nobodyPaysForAnErrorBehindAnEmptyBeginning() throws Exception {
        String role = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
        site.first.answers(asked -> asked.stream(role, "data: {\"error\":{\"message\":\"busy\"}}\n\n"));
        JsonNode error = errorBehind(role, site.answer(RelaySite.askStream()));

        assertThat(error.path("message").asString()).startsWith("busy");
        assertThat(site.released().attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.FAILED);
        assertThat(site.second.waiting()).isZero();
    }

    @Test
    void nobodyPaysForACutBehindAnEmptyBeginning() throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(": processing\n\n");
        });
        errorBehind(": processing\n\n", site.answer(RelaySite.askStream()));

        assertThat(site.released().attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.CUT);
    }

    @Test
    void aCutBehindTheEndChangesNothing() throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO + RelaySite.USAGE + RelaySite.DONE);
        });
        Client.Answer answer = site.answer(RelaySite.askStream());

        assertThat(answer.body()).isEqualTo(RelaySite.HELLO + RelaySite.USAGE + RelaySite.DONE);
        SettleUsage settlement = site.settled();
        assertThat(settlement.charge()).isEqualTo(Quota.of(25));
        assertThat(settlement.attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.ANSWERED);
    }

    @Test
    void doesNotWaitForAConnectionThatStaysOpenBehindTheEnd() throws Exception {
        try (Client client = site.call(RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            asked.streamHead();
            asked.chunk(RelaySite.HELLO + RelaySite.USAGE + RelaySite.DONE);

            assertThat(client.answer().body()).isEqualTo(RelaySite.HELLO + RelaySite.USAGE + RelaySite.DONE);
        }
        assertThat(site.settled().charge()).isEqualTo(Quota.of(25));
    }

    @Test
    void aConnectionWhoseStreamHasEndedIsUsedAgain() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        site.first.answers(asked -> {
            for (Provider.Asked next = asked; ; next = next.again()) {
                next.send(head);
                next.chunk(RelaySite.HELLO + RelaySite.USAGE + RelaySite.DONE);
                next.end();
            }
        });
        for (int i = 0; i < 3; i++) {
            assertThat(site.answer(RelaySite.askStream()).body()).endsWith(RelaySite.DONE);
            site.awaitIdle();
        }

        assertThat(site.first.waiting()).isEqualTo(1);
    }
}

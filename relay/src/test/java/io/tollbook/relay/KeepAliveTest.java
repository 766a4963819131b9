package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.ReleaseCause;
import io.tollbook.kernel.settings.Option;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that waits for its stream is told so, between events alone, and hears of failures as its dialect says them then. */
class KeepAliveTest {
    private static final String PING = ": PING\n\n";
    private static final String ASK_GEMINI = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void everySecond() {
        site.set(Option.PING, "true");
        site.set(Option.PING_SECONDS, 1);
    }

    private static Client waiting(String path, String body) throws Exception {
        Client client = site.call(path, body);
        client.head();
        return client;
    }

    /** Another call, whose pings tell that time has passed. */
    private static void twoSilences() throws Exception {
        try (Client clock = site.call(RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            clock.head();
            assertThat(clock.chunk()).isEqualTo(PING);
            assertThat(clock.chunk()).isEqualTo(PING);
            asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE);
            clock.rest();
        }
    }

    @Test
    void aSilentProviderDoesNotMakeASilentStream() throws Exception {
        try (Client client = site.call(RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            assertThat(client.head()).isEqualTo(200);
            assertThat(client.chunk()).isEqualTo(PING);
            asked.streamHead();
            asked.chunk(RelaySite.HELLO);
            assertThat(client.chunk()).isEqualTo(RelaySite.HELLO);
            assertThat(client.chunk()).isEqualTo(PING);
            asked.chunk(RelaySite.STOP + RelaySite.USAGE + RelaySite.DONE);
            asked.end();
            assertThat(new String(client.rest())).isEqualTo(RelaySite.STOP + RelaySite.USAGE + RelaySite.DONE);
        }
        assertThat(site.settled().meters().of(Meter.OUTPUT)).isEqualTo(7);
    }

    @Test
    void aPingIsNotTheFirstByteOfAnAnswer() throws Exception {
        try (Client client = site.call(RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            client.head();
            assertThat(client.chunk()).isEqualTo(PING);
            assertThat(client.chunk()).isEqualTo(PING);
            asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE);
            client.rest();
        }
        assertThat(site.settled().timing().firstByteMillis()).isGreaterThanOrEqualTo(2_000);
    }

    @Test
    void nobodyIsToldAnythingInTheMiddleOfAnEvent() throws Exception {
        String giant = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "a".repeat(300_000);
        try (Client client = site.call(RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            asked.streamHead();
            asked.chunk(giant);
            twoSilences();
            asked.chunk("\"}}]}\n\n" + RelaySite.STOP + RelaySite.USAGE + RelaySite.DONE);
            asked.end();
            assertThat(client.answer().body())
                    .isEqualTo(giant + "\"}}]}\n\n" + RelaySite.STOP + RelaySite.USAGE + RelaySite.DONE);
        }
    }

    @Test
    void whoAsksForNoStreamHearsNothingBeforeTheAnswer() throws Exception {
        try (Client client = site.call(RelaySite.ask(""))) {
            Provider.Asked asked = site.first.next();
            twoSilences();
            asked.whole(200, RelaySite.WHOLE);
            assertThat(client.answer().body()).isEqualTo(RelaySite.WHOLE);
        }
    }

    @Test
    void aSiteThatDoesNotWantItHasNone() throws Exception {
        site.set(Option.PING, "false");
        try (Client client = site.call(RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            site.set(Option.PING, "true");
            twoSilences();
            asked.whole(429, "{\"error\":{\"message\":\"slow down\"}}");
            site.second.next().whole(429, "{\"error\":{\"message\":\"slow down\"}}");
            assertThat(client.head()).isEqualTo(429);
        }
    }

    @Test
    void anotherChannelMayStillAnswer() throws Exception {
        try (Client client = waiting("/v1/chat/completions", RelaySite.askStream())) {
            assertThat(client.chunk()).isEqualTo(PING);
            site.first.next().whole(500, "{\"error\":{\"message\":\"no\"}}");
            site.second.next().stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE);
            assertThat(new String(client.rest())).startsWith(RelaySite.HELLO).endsWith(RelaySite.DONE);
        }
        assertThat(site.settled().attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Attempt.Outcome.FAILED, Attempt.Outcome.ANSWERED);
    }

    private static String failed(String path, String body, String ping) throws Exception {
        try (Client client = waiting(path, body)) {
            assertThat(client.chunk()).isEqualTo(ping);
            site.first.next().whole(429, "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}");
            site.second.next().whole(429, "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}");
            String rest = new String(client.rest());
            assertThat(site.released().cause()).isEqualTo(ReleaseCause.UPSTREAM_FAILED);
            return rest;
        }
    }

    private static JsonNode data(String event) {
        return JsonMapper.shared().readTree(event.substring(event.indexOf('{')));
    }

    @Test
    void whatFailsAfterAPingIsAnErrorInTheStream() throws Exception {
        String event = failed("/v1/chat/completions", RelaySite.askStream(), PING);
        assertThat(event).startsWith("data: ").endsWith("\n\n");
        assertThat(data(event).path("error").path("message").asString()).startsWith("slow down");
    }

    @Test
    void claudesClientsHearTheirOwnPingAndTheirOwnError() throws Exception {
        String event = failed("/v1/messages", ClaudeSite.askStream(), "event: ping\ndata: {\"type\": \"ping\"}\n\n");
        assertThat(event).startsWith("event: error\ndata: ");
        assertThat(data(event).path("error").path("type").asString()).isEqualTo("rate_limit_error");
    }

    @Test
    void googlesClientsHearABlankLine() throws Exception {
        String event = failed("/v1beta/models/gpt:streamGenerateContent?alt=sse", ASK_GEMINI, "\r\n");
        assertThat(data(event).path("error").path("code").asInt()).isEqualTo(429);
    }

    @Test
    void anArrayBeginsWithItsAnswer() throws Exception {
        try (Client client = site.call("/v1beta/models/gpt:streamGenerateContent", ASK_GEMINI)) {
            Provider.Asked asked = site.first.next();
            twoSilences();
            asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE);
            assertThat(client.answer().body()).startsWith("[{");
        }
    }

    @Test
    void responsesClientsHearACommentAndTheirOwnError() throws Exception {
        String event = failed("/v1/responses", "{\"model\":\"gpt\",\"input\":\"hello\",\"stream\":true}", PING);
        assertThat(event).contains("slow down").startsWith("event: ");
    }

    /** Some providers answer whole whatever they are asked. */
    @Test
    void aWholeAnswerBehindAPingIsAStream() throws Exception {
        try (Client client = waiting("/v1/chat/completions", RelaySite.askStream())) {
            assertThat(client.chunk()).isEqualTo(PING);
            site.first.next().whole(200, RelaySite.WHOLE);
            assertThat(new String(client.rest()))
                    .startsWith("data: {")
                    .contains("\"content\":\"Hello there\"")
                    .endsWith(RelaySite.DONE);
        }
        assertThat(site.settled().meters().of(Meter.OUTPUT)).isEqualTo(7);
    }

    @Test
    void aClientThatHasGoneMeanwhileIsNotWaitedFor() throws Exception {
        site.set(Option.DRAIN_SECONDS, 0);
        try (Client client = waiting("/v1/chat/completions", RelaySite.askStream())) {
            Provider.Asked asked = site.first.next();
            asked.streamHead();
            asked.chunk(RelaySite.HELLO);
            while (!client.chunk().equals(RelaySite.HELLO)) {
                // One more ping.
            }
            client.hangUp();
            twoSilences();
            asked.chunk(RelaySite.HELLO);
            asked.awaitCut();
        }
    }
}

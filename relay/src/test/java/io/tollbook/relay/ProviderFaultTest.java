package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.settings.Option;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that fails before it has answered anything: the next one is asked, or the client hears why not. */
class ProviderFaultTest {
    private static final String WHOLE_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    @BeforeEach
    void answer() {
        site.second.answers(200, RelaySite.WHOLE);
    }

    private static void retried(Attempt.Outcome outcome, int status) throws IOException {
        Client.Answer answer = site.answer(RelaySite.ask(""));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(RelaySite.WHOLE);
        SettleUsage settlement = site.settled();
        assertThat(settlement.charge()).isEqualTo(Quota.of(25));
        assertThat(settlement.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(outcome, Attempt.Outcome.ANSWERED);
        assertThat(settlement.attempts().getFirst().status()).isEqualTo(status);
    }

    private static Client.Answer passedOn(String body, Attempt.Outcome outcome, int status, String code)
            throws IOException {
        Client.Answer answer = site.answer(body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.error().path("code").asString()).isEqualTo(code);
        assertThat(answer.error().path("message").asString())
                .isNotBlank()
                .doesNotContain("127.0.0.1")
                .contains(answer.header("X-Oneapi-Request-Id"));
        var release = site.released();
        assertThat(release.status()).isEqualTo(status);
        assertThat(release.attempts()).extracting(Attempt::outcome).containsExactly(outcome);
        assertThat(site.second.waiting()).isZero();
        return answer;
    }

    @ParameterizedTest
    @CsvSource({"400, bad_request", "408, slow", "504, late", "524, late"})
    void passesOnWhatAnotherProviderWouldSayToo(int status, String code) throws Exception {
        site.first.answers(
                status,
                "{\"error\":{\"message\":\"told by api.vendor.com\",\"type\":\"vendor_type\",\"param\":\"messages\",\"code\":\""
                        + code + "\"}}");
        Client.Answer answer = passedOn(RelaySite.ask(""), Attempt.Outcome.FAILED, status, code);

        assertThat(answer.error().path("type").asString()).isEqualTo("vendor_type");
        assertThat(answer.error().path("param").asString()).isEqualTo("messages");
        assertThat(answer.error().path("message").asString()).startsWith("told by ***");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 402, 403, 404, 409, 429, 500, 502, 503, 529})
    void asksTheNextProviderAfter(int status) throws Exception {
        site.first.answers(status, "{\"error\":{\"message\":\"no\"}}");

        retried(Attempt.Outcome.FAILED, status);
    }

    @ParameterizedTest
    @CsvSource({"401, 401", "404, 404", "429, 429", "500, 500", "503, 503", "302, 502"})
    void theLastProvidersErrorReachesTheClient(int last, int status) throws Exception {
        site.first.answers(500, "{\"error\":{\"message\":\"first\"}}");
        site.second.answers(last, "{\"error\":{\"message\":\"second\"}}", "Retry-After: 17", "Location: http://x.com/");
        Client.Answer answer = site.answer(RelaySite.ask(""));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().path("message").asString()).startsWith("second");
        assertThat(answer.header("Retry-After")).isEqualTo("17");
        assertThat(answer.header("Location")).isEmpty();
        assertThat(site.released().attempts()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # provider's                    | client's
                    0                               |
                    -5                              |
                    99999                           | 3600
                    soon                            |
                    Tue, 01 Jan 2019 00:00:00 GMT   |
                    Fri, 01 Jan 2100 00:00:00 GMT   | 3600
                    """)
    void aWishToBeAskedLaterReachesTheClient(String wish, String told) throws Exception {
        site.set(Option.RETRY_TIMES, 0);
        site.first.answers(429, "{\"error\":{\"message\":\"busy\"}}", "Retry-After: " + wish);

        assertThat(site.answer(RelaySite.ask("")).header("Retry-After")).isEqualTo(told == null ? "" : told);
    }

    @Test
    void anErrorWithoutABodyStillHasOne() throws Exception {
        site.set(Option.RETRY_TIMES, 0);
        site.first.answers(429, "");
        Client.Answer answer = passedOn(RelaySite.ask(""), Attempt.Outcome.FAILED, 429, "bad_response_status_code");

        assertThat(answer.error().path("type").asString()).isEqualTo("upstream_error");
    }

    @Test
    void theNextProviderIsAskedForWhatItCallsTheModel() throws Exception {
        site.directory.channel(2, site.second.baseUrl(), 5, Map.of("gpt", "other/gpt"));
        site.directory.changed();
        site.first.answers(500, "{}");
        site.answer(RelaySite.ask(""));

        assertThat(site.first.next().body()).isEqualTo(RelaySite.ask(""));
        Provider.Asked second = site.second.next();
        assertThat(second.body()).isEqualTo(RelaySite.ask("").replace("gpt", "other/gpt"));
        assertThat(second.head())
                .contains("Authorization: Bearer provider-key-2\r\n")
                .doesNotContain(RelaySite.KEY);
    }

    @Test
    void asksTheNextProviderWhenNobodyListens() throws Exception {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            site.directory.channel(1, "http://127.0.0.1:" + closed.getLocalPort(), 10, Map.of());
        }
        site.directory.changed();

        retried(Attempt.Outcome.UNREACHABLE, 0);
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        site.set(Option.RETRY_TIMES, 0);
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            site.directory.channel(1, "http://127.0.0.1:" + closed.getLocalPort(), 10, Map.of());
        }
        site.directory.changed();

        passedOn(RelaySite.ask(""), Attempt.Outcome.UNREACHABLE, 502, "do_request_failed");
    }

    @Test
    void asksTheNextProviderWhenTheConnectionBreaksBeforeAHead() throws Exception {
        site.first.answers(Provider.Asked::close);

        retried(Attempt.Outcome.UNREACHABLE, 0);
    }

    @Test
    void aConnectionThatTheProviderClosedMeanwhileIsNoFailure() throws Exception {
        site.set(Option.RETRY_TIMES, 0);
        // It says that it stays open, and does not.
        site.first.answers(asked -> asked.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + RelaySite.WHOLE.length() + "\r\n\r\n" + RelaySite.WHOLE));
        for (int i = 0; i < 3; i++)
            assertThat(site.answer(RelaySite.ask("")).status()).isEqualTo(200);
    }

    @Test
    void asksNobodyElseWhenAProviderHangsBeforeItsHead() throws Exception {
        site.set(Option.FIRST_BYTE_SECONDS, 1);

        passedOn(RelaySite.ask(""), Attempt.Outcome.TIMED_OUT, 504, "upstream_timeout");
        site.first.next().awaitCut();
    }

    @Test
    void asksNobodyElseWhenAWholeAnswerHangs() throws Exception {
        site.set(Option.STREAM_SILENCE_SECONDS, 1);
        Provider.Script half = asked -> {
            asked.send(WHOLE_HEAD + "Content-Length: 100\r\n\r\n{\"choices\":");
            asked.awaitCut();
        };
        site.first.answers(half);

        passedOn(RelaySite.ask(""), Attempt.Outcome.TIMED_OUT, 504, "upstream_timeout");
    }

    @Test
    void asksNobodyElseWhenAStreamHangsBeforeItsFirstEvent() throws Exception {
        site.set(Option.STREAM_SILENCE_SECONDS, 1);
        site.first.answers(asked -> {
            asked.streamHead();
            asked.awaitCut();
        });

        passedOn(RelaySite.askStream(), Attempt.Outcome.TIMED_OUT, 504, "upstream_timeout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 100\r\n\r\n{\"choices\":", "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"choic"})
    void asksTheNextProviderWhenAWholeAnswerIsCut(String half) throws Exception {
        site.first.answers(asked -> asked.send(WHOLE_HEAD + half));

        retried(Attempt.Outcome.CUT, 200);
    }

    @Test
    void asksTheNextProviderWhenAStreamIsCutBeforeItsFirstEvent() throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk("data: {\"choi");
        });

        retried(Attempt.Outcome.CUT, 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Welcome</html>",
                "",
                "null",
                "[]",
                "{}",
                "{\"ok\":true}",
                "{\"choices\":[]} and more",
                "{\"code\":429,\"message\":\"quota\"}"
            })
    void nobodyPaysForGarbage(String body) throws Exception {
        site.first.answers(200, body);

        passedOn(RelaySite.ask(""), Attempt.Outcome.GARBAGE, 502, "bad_response_body");
    }

    @Test
    void nobodyPaysForAnEmptyAnswer() throws Exception {
        site.first.answers(asked -> asked.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));

        passedOn(RelaySite.ask(""), Attempt.Outcome.GARBAGE, 502, "bad_response_body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]\n\n", "<html>\n\n</html>\n\n", ": nothing\n\n", "{\"choices\":[]}"})
    void nobodyPaysForAStreamWithoutEvents(String stream) throws Exception {
        site.first.answers(asked -> asked.stream(stream));
        site.answer(RelaySite.askStream());

        assertThat(site.released().attempts()).extracting(Attempt::outcome).containsExactly(Attempt.Outcome.GARBAGE);
    }

    @Test
    void anErrorInsideAWholeAnswerIsOne() throws Exception {
        site.first.answers(200, "{\"error\":{\"message\":\"overloaded at https://a.vendor.com\",\"code\":\"busy\"}}");
        retried(Attempt.Outcome.FAILED, 200);
    }

    @Test
    void anErrorInsideAWholeAnswerReachesTheClientAsOne() throws Exception {
        site.set(Option.RETRY_TIMES, 0);
        site.first.answers(200, "{\"error\":{\"message\":\"overloaded at https://a.vendor.com\",\"code\":\"busy\"}}");
        Client.Answer answer = passedOn(RelaySite.ask(""), Attempt.Outcome.FAILED, 500, "busy");

        assertThat(answer.error().path("message").asString()).startsWith("overloaded at ***");
    }

    @Test
    void anErrorAtTheStartOfAStreamIsAFailure() throws Exception {
        site.first.answers(asked -> asked.stream("data: {\"error\":{\"message\":\"busy\"}}\n\n", RelaySite.DONE));
        site.second.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.USAGE, RelaySite.DONE));
        Client.Answer answer = site.answer(RelaySite.askStream());

        assertThat(answer.body()).isEqualTo(RelaySite.HELLO + RelaySite.USAGE + RelaySite.DONE);
        assertThat(site.settled().attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Attempt.Outcome.FAILED, Attempt.Outcome.ANSWERED);
    }

    @Test
    void anErrorAtTheStartOfAStreamReachesTheClientAsOne() throws Exception {
        site.set(Option.RETRY_TIMES, 0);
        site.first.answers(asked -> asked.stream(
                "data: {\"error\":{\"message\":\"busy at a.vendor.com\",\"code\":\"busy\"}}\n\n", RelaySite.DONE));

        passedOn(RelaySite.askStream(), Attempt.Outcome.FAILED, 500, "busy");
    }

    @Test
    void aWholeAnswerToAStreamsRequestPasses() throws Exception {
        site.first.answers(200, RelaySite.WHOLE);

        assertThat(site.answer(RelaySite.askStream()).body()).isEqualTo(RelaySite.WHOLE);
        assertThat(site.settled().provenance()).isEqualTo(Provenance.REPORTED);
    }
}

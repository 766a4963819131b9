package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.ChannelType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The older completions: as they are where the provider has them, and of a chat's text where it does not. */
class CompletionsTest {
    private static final String PATH = "/v1/completions";
    private static final String WHOLE =
            "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"choices\":[{\"text\":\" time\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}";
    private static final String PIECE =
            "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"choices\":[{\"text\":\" once upon \",\"index\":0,\"finish_reason\":null}]}\n\n";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static String ask(String more) {
        return "{\"model\":\"gpt\",\"prompt\":\"Once upon a\"" + more + "}";
    }

    private static void deepSeek() {
        site.directory.channel(1, ChannelType.DEEPSEEK, site.first.baseUrl(), 10, "deepseek-chat");
        site.directory.changed();
    }

    @Test
    void aRequestAndItsAnswerGoAsTheyCame() throws Exception {
        String body =
                " {\"x\":1e2,\"prompt\":\"def f(\",\"suffix\":\"return x\",\"echo\":true,\"model\":\"gpt\",\"logprobs\":2}\n";
        site.first.answers(200, WHOLE);

        assertThat(site.answer(PATH, body).body()).isEqualTo(WHOLE);
        Provider.Asked asked = site.first.next();
        assertThat(asked.head()).startsWith("POST /v1/completions HTTP/1.1");
        assertThat(asked.body()).isEqualTo(body);
        assertThat(site.settled().charge()).isEqualTo(Quota.of(25));
    }

    @Test
    void aStreamGoesAsItCameAndItsUsageIsAskedFor() throws Exception {
        site.first.answers(asked -> asked.stream(PIECE, RelaySite.USAGE, RelaySite.DONE));

        assertThat(site.answer(PATH, ask(",\"stream\":true")).body()).isEqualTo(PIECE + RelaySite.DONE);
        assertThat(site.first.next().body()).contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(site.settled().charge()).isEqualTo(Quota.of(25));
    }

    @Test
    void whatIsNotReportedIsCounted() throws Exception {
        site.first.answers(asked -> asked.stream(PIECE, RelaySite.DONE));
        site.answer(PATH, ask(",\"stream\":true"));

        assertThat(site.settled().provenance()).isEqualTo(Provenance.ESTIMATED);
        assertThat(site.ledger.settlement().command().meters().of(Meter.OUTPUT)).isEqualTo(3);
    }

    /** Every text that may come is held for: texts, times answers, times the longest. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "a"                 | ,"max_tokens":10             |   20
            ["a","b"]           | ,"max_tokens":10,"n":3       |  120
            ["a"]               | ,"max_tokens":10,"best_of":4 |   80
            [1,2,3]             | ,"max_tokens":10             |   20
            [[1,2],[3]]         | ,"max_tokens":10             |   40
            "a"                 |                              | 2000
            """)
    void holdsForEveryText(String prompt, String more, long output) throws Exception {
        site.first.answers(200, WHOLE);
        site.answer(PATH, "{\"model\":\"gpt\",\"prompt\":" + prompt + (more == null ? "" : more) + "}");

        assertThat(site.ledger.hold().command().worstCase().units()).isBetween(output, output + 30);
    }

    @Test
    void aChatsTextCompletesToo() throws Exception {
        deepSeek();
        site.first.answers(200, RelaySite.WHOLE);
        JsonNode answer = JsonMapper.shared()
                .readTree(site.answer(PATH, ask(",\"max_tokens\":9,\"stop\":[\"END\"],\"temperature\":0,\"echo\":true"))
                        .bytes());

        JsonNode sent = JsonMapper.shared().readTree(site.first.next().body());
        assertThat(sent.at("/messages/0/content").asString()).isEqualTo("Once upon a");
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(9);
        assertThat(sent.path("temperature").asString()).isEqualTo("0");
        assertThat(sent.path("stop").get(0).asString()).isEqualTo("END");
        assertThat(answer.path("object").asString()).isEqualTo("text_completion");
        assertThat(answer.at("/choices/0/text").asString()).isEqualTo("Once upon aHello there");
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(18);
    }

    @Test
    void aChatsStreamCompletesToo() throws Exception {
        deepSeek();
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));
        String body = site.answer(PATH, ask(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                .body();

        assertThat(body).endsWith("data: [DONE]\n\n");
        String[] events = body.split("\n\n");
        assertThat(events).hasSize(4);
        assertThat(events[0]).contains("\"text\":\"Hello there\"");
        assertThat(events[1]).contains("\"finish_reason\":\"stop\"");
        assertThat(events[2]).contains("\"choices\":[]", "\"total_tokens\":18");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"gpt"}                                 | field prompt is required
            {"model":"gpt","prompt":7}                      | prompt must be a string or an array
            {"model":"gpt","prompt":"x","suffix":"y"}       | suffix needs a channel that completes texts itself; none serves this model.
            {"model":"gpt","prompt":"x","logprobs":1}       | logprobs needs a channel that completes texts itself; none serves this model.
            {"model":"gpt","prompt":["x","y"]}              | prompt must be one text for this model
            {"model":"gpt","prompt":[1,2]}                  | prompt must be one text for this model
            {"model":"gpt","prompt":"x","best_of":2}        | best_of cannot be above n for this model.
            """)
    void refusesWhatAChatCannotDo(String body, String why) throws Exception {
        deepSeek();
        site.directory.channel(2, ChannelType.DEEPSEEK, site.second.baseUrl(), 5, "deepseek-chat");
        site.directory.changed();
        Client.Answer answer = site.answer(PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("message").asString()).startsWith(why);
        assertThat(site.first.waiting()).isZero();
    }
}

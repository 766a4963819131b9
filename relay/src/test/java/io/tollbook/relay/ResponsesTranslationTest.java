package io.tollbook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.Provenance;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.SettleUsage;
import io.tollbook.kernel.channel.ChannelType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the Responses API and a provider that speaks chat completions. */
class ResponsesTranslationTest {
    private static final String PATH = "/v1/responses";
    private static final String ASK_STREAM = "{\"model\":\"gpt\",\"input\":\"hello\",\"stream\":true}";

    @RegisterExtension
    private static final RelaySite site = new RelaySite();

    private static List<JsonNode> events(String body) {
        List<JsonNode> events = new ArrayList<>();
        for (String event : body.split("\n\n")) {
            JsonNode data = JsonMapper.shared().readTree(event.substring(event.indexOf("data: ") + 6));
            assertThat(event).startsWith("event: " + data.path("type").asString() + "\n");
            assertThat(data.path("sequence_number").intValue()).isEqualTo(events.size());
            events.add(data);
        }
        return events;
    }

    /** Traps 16 and 23: what ends a broken stream is numbered on and has the response as far as it came. */
    @Test
    void aStreamThatBreaksOffSaysSo() throws Exception {
        site.first.answers(asked -> {
            asked.streamHead();
            asked.chunk(RelaySite.HELLO + "data: {\"choi");
        });
        List<JsonNode> events = events(site.answer(PATH, ASK_STREAM).body());

        JsonNode failed = events.getLast();
        assertThat(failed.path("type").asString()).isEqualTo("response.failed");
        assertThat(failed.at("/response/id")).isEqualTo(events.getFirst().at("/response/id"));
        assertThat(failed.at("/response/status").asString()).isEqualTo("failed");
        assertThat(failed.at("/response/output")).hasSize(1);
        assertThat(events.get(events.size() - 2).path("code").asString()).isEqualTo("bad_response_body");
        assertThat(site.settled().provenance()).isEqualTo(Provenance.ESTIMATED);
    }

    @Test
    void anotherProviderIsAskedWhereNothingWasSaidYet() throws Exception {
        String role = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
        site.first.answers(asked -> asked.stream(role, "data: {\"error\":{\"message\":\"busy\"}}\n\n"));
        site.second.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));

        assertThat(events(site.answer(PATH, ASK_STREAM).body())
                        .getLast()
                        .path("type")
                        .asString())
                .isEqualTo("response.completed");
        assertThat(site.settled().attempts())
                .extracting(Attempt::outcome)
                .containsExactly(Attempt.Outcome.FAILED, Attempt.Outcome.ANSWERED);
    }

    @Test
    void theEndOfAResponseWaitsForItsSettlement() throws Exception {
        site.ledger.keepEndingsOpen();
        site.first.answers(asked -> asked.stream(RelaySite.HELLO, RelaySite.STOP, RelaySite.USAGE, RelaySite.DONE));
        try (Client client = site.call(PATH, ASK_STREAM)) {
            client.head();
            StringBuilder before = new StringBuilder(client.chunk());
            var settlement = site.ledger.settlement();
            settlement.awaitWaiter();
            while (client.hasMore()) before.append(client.chunk());
            assertThat(before).contains("response.output_text.delta").doesNotContain("response.completed");

            settlement.complete();

            String rest = new String(client.rest(), java.nio.charset.StandardCharsets.UTF_8);
            JsonNode completed = events(before + rest).getLast();
            assertThat(completed.at("/response/usage/total_tokens").asInt()).isEqualTo(18);
        }
    }

    /** Codex edits files so. */
    @Test
    void aCustomToolIsAFunctionOnTheWay() throws Exception {
        String ask = """
                {"model":"gpt","tools":[{"type":"custom","name":"apply_patch","description":"Edits files."}],
                 "input":[{"role":"user","content":"edit"},
                  {"type":"custom_tool_call","call_id":"c1","name":"apply_patch","input":"*** one"},
                  {"type":"custom_tool_call_output","call_id":"c1","output":"done"}]}""";
        site.first.answers(200, """
                {"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c2","type":"function",
                 "function":{"name":"apply_patch","arguments":"{\\"input\\":\\"*** two\\"}"}}]},"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":11,"completion_tokens":7}}""");
        JsonNode answer = JsonMapper.shared().readTree(site.answer(PATH, ask).bytes());

        JsonNode sent = JsonMapper.shared().readTree(site.first.next().body());
        assertThat(sent.at("/tools/0/function/parameters/properties/input/type").asString())
                .isEqualTo("string");
        assertThat(sent.at("/messages/1/tool_calls/0/function/arguments").asString())
                .isEqualTo("{\"input\":\"*** one\"}");
        assertThat(sent.at("/messages/2/content").asString()).isEqualTo("done");
        assertThat(answer.at("/output/0/type").asString()).isEqualTo("custom_tool_call");
        assertThat(answer.at("/output/0/input").asString()).isEqualTo("*** two");
        assertThat(answer.at("/output/0/call_id").asString()).isEqualTo("c2");
    }

    /** And brings these tools along. */
    @Test
    void aNamespaceIsWrittenInFrontOfItsTools() throws Exception {
        String ask = """
                {"model":"gpt","input":"x","tools":[{"type":"tool_search","execution":"client","parameters":{"type":"object"}},
                 {"type":"namespace","name":"crew","tools":[{"type":"function","name":"close","parameters":{"type":"object"}}]}]}""";
        site.first.answers(200, """
                {"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                 "function":{"name":"crew__close","arguments":"{}"}}]},"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":11,"completion_tokens":7}}""");
        JsonNode answer = JsonMapper.shared().readTree(site.answer(PATH, ask).bytes());

        JsonNode sent = JsonMapper.shared().readTree(site.first.next().body());
        assertThat(sent.at("/tools/0/function/name").asString()).isEqualTo("tool_search");
        assertThat(sent.at("/tools/1/function/name").asString()).isEqualTo("crew__close");
        assertThat(answer.at("/output/0/namespace").asString()).isEqualTo("crew");
        assertThat(answer.at("/output/0/name").asString()).isEqualTo("close");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"gpt","input":"x","previous_response_id":"resp_1"}                  | previous_response_id needs a channel
            {"model":"gpt","input":[{"type":"item_reference","id":"m"}]}                 | input[0].type needs a channel
            {"model":"gpt","input":"x","tools":[{"type":"mcp","server_label":"l"}]}      | tools: no channel of this model has the tool mcp.
            {"model":"gpt","input":[{"role":"user","content":[{"type":"x"}]}]}           | input[0].content[0].type needs a channel
            """)
    void whatOnlyOpenAiCanDoIsRefusedWithItsName(String ask, String why) throws Exception {
        Client.Answer answer = site.answer(PATH, ask);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(answer.error().path("message").asString()).startsWith(why);
        assertThat(site.first.waiting() + site.second.waiting()).isZero();
        site.released();
    }

    @Test
    void aChannelThatCanIsAskedWhereAnotherCannot() throws Exception {
        site.directory.channel(2, ChannelType.OPENAI, site.second.baseUrl(), 5, "gpt");
        site.directory.changed();
        site.second.answers(200, Recorded.text("responses/whole.json"));

        Client.Answer answer =
                site.answer(PATH, "{\"model\":\"gpt\",\"previous_response_id\":\"resp_1\",\"input\":\"x\"}");
        assertThat(answer.status()).isEqualTo(200);
        SettleUsage settlement = site.settled();
        assertThat(settlement.charge()).isGreaterThan(Quota.ZERO);
        // 131,072 tokens of what the response before may have left.
        assertThat(site.ledger.hold().command().worstCase().units()).isGreaterThan(131_072);
    }

    /** The first in order speaks chat completions, the second Responses. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model":"gpt","input":"x"}                                                      | false
            {"model":"gpt","input":"x","previous_response_id":null,"context_management":null} | false
            {"model":"gpt","input":"x","tools":[{"type":"function","name":"f"}]}             | false
            {"model":"gpt","input":"x","tools":[{"type":"web_search"}]}                      | true
            {"model":"gpt","input":"x","tools":[{"type":"tool_search"}]}                     | true
            {"model":"gpt","input":"x","tools":[{"type":"file_search"}]}                     | true
            {"model":"gpt","input":"x","previous_response_id":"resp_1"}                      | true
            {"model":"gpt","input":"x","context_management":[{"type":"compaction"}]}         | true
            {"model":"gpt","input":[{"type":"item_reference","id":"m"}]}                     | true
            """)
    void whoCanDoAllOfItIsAskedFirst(String ask, boolean own) throws Exception {
        site.directory.channel(2, ChannelType.OPENAI, site.second.baseUrl(), 5, "gpt");
        site.directory.changed();
        site.first.answers(200, RelaySite.WHOLE);
        site.second.answers(200, Recorded.text("responses/whole.json"));

        assertThat(site.answer(PATH, ask).status()).isEqualTo(200);
        assertThat(site.second.waiting()).isEqualTo(own ? 1 : 0);
        assertThat(site.first.waiting()).isEqualTo(own ? 0 : 1);
    }

    /** Who cannot do it at all would only say that, and hide what went wrong. */
    @Test
    void whoCannotDoItIsNotAskedAfterAFailure() throws Exception {
        site.directory.channel(2, ChannelType.OPENAI, site.second.baseUrl(), 5, "gpt");
        site.directory.changed();
        site.second.answers(500, "{\"error\":{\"message\":\"at work\"}}");
        Client.Answer answer =
                site.answer(PATH, "{\"model\":\"gpt\",\"previous_response_id\":\"resp_1\",\"input\":\"x\"}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.error().path("message").asString()).startsWith("at work");
    }

    @Test
    void aSearchIsMadeElsewhereWhereItsOwnProviderFails() throws Exception {
        site.directory.channel(2, ChannelType.OPENAI, site.second.baseUrl(), 5, "gpt");
        site.directory.changed();
        site.first.answers(200, RelaySite.WHOLE);
        site.second.answers(500, "{\"error\":{\"message\":\"at work\"}}");

        assertThat(site.answer(PATH, "{\"model\":\"gpt\",\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}]}")
                        .status())
                .isEqualTo(200);
    }
}

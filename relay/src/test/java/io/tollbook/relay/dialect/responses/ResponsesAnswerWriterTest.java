package io.tollbook.relay.dialect.responses;

import static io.tollbook.relay.dialect.responses.Streams.checked;
import static io.tollbook.relay.dialect.responses.Streams.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Citation;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.Source;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import io.tollbook.relay.dialect.AnswerFrame;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

class ResponsesAnswerWriterTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AnswerFrame FRAME = new AnswerFrame("0123abcd", "gpt", 1_764_300_000L);
    private static final Meters CHARGED =
            new Meters(Map.of(Meter.INPUT, 40L, Meter.CACHE_READ, 60L, Meter.OUTPUT, 20L, Meter.REASONING, 5L));
    private static final Signature CLAUDES = new Signature(Vendor.CLAUDE, "EqQBsig");

    private static ResponsesAnswerWriter writer(String told) {
        JsonNode request = JSON.readTree(told);
        return new ResponsesAnswerWriter(request, ClientTools.of(request), FRAME);
    }

    private static Answer answer(StopReason stop, Part... parts) {
        return new Answer("x", List.of(new Answer.Candidate(0, List.of(parts), stop, null, null)));
    }

    private static byte[] streamed(String told, Answer answer) {
        ResponsesAnswerWriter writer = writer(told);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.asEvents(event -> writer.event(event, out));
        out.writeBytes(writer.end(CHARGED));
        return out.toByteArray();
    }

    /** The response that a stream ends in, which the same answer gives as a whole, but for nothing. */
    private static JsonNode written(String told, Answer answer) {
        JsonNode whole = JSON.readTree(writer(told).whole(answer, CHARGED));
        assertThat(checked(streamed(told, answer))).isEqualTo(whole);
        return whole;
    }

    @Test
    void writesEveryPartOfAnAnswer() {
        Answer answer = answer(
                StopReason.TOOL_CALLS,
                new Part.Thinking("Two cities.", null, CLAUDES),
                new Part.Text("I look it up."),
                new Part.ToolCall("toolu_1", "get_weather", "{\"city\":\"Paris\"}"),
                new Part.ToolCall("toolu_2", "get_weather", "{\"city\":\"Oslo\"}"));
        JsonNode response = written("{}", answer);

        assertThat(response.path("status").asString()).isEqualTo("completed");
        assertThat(response.path("id").asString()).isEqualTo("resp_0123abcd");
        assertThat(response.path("model").asString()).isEqualTo("gpt");
        assertThat(response.path("output"))
                .extracting(item -> item.path("type").asString())
                .containsExactly("reasoning", "message", "function_call", "function_call");
        assertThat(response.at("/output/0/summary/0/text").asString()).isEqualTo("Two cities.");
        assertThat(response.at("/output/0/encrypted_content").asString()).isEqualTo("claude:EqQBsig");
        assertThat(response.at("/output/1/content/0/text").asString()).isEqualTo("I look it up.");
        assertThat(response.at("/output/3/call_id").asString()).isEqualTo("toolu_2");
        assertThat(response.at("/output/3/arguments").asString()).isEqualTo("{\"city\":\"Oslo\"}");
    }

    @Test
    void usageIsWhatWasChargedWithItsParts() {
        JsonNode usage =
                written("{}", answer(StopReason.FINISHED, new Part.Text("Hi"))).path("usage");

        assertThat(usage).isEqualTo(JSON.readTree("""
                {"input_tokens":100,"input_tokens_details":{"cached_tokens":60,"cache_write_tokens":0},
                 "output_tokens":25,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":125}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "LENGTH, incomplete, max_output_tokens, incomplete",
        "REFUSED, incomplete, content_filter, completed",
        "STOP_SEQUENCE, completed, , completed"
    })
    void anAnswerThatIsNotCompleteSaysSo(StopReason stop, String status, String why, String last) {
        JsonNode response = written("{}", answer(stop, new Part.Text("Once upon")));

        assertThat(response.path("status").asString()).isEqualTo(status);
        assertThat(response.at("/incomplete_details/reason").asString("")).isEqualTo(why == null ? "" : why);
        assertThat(response.at("/output/0/status").asString()).isEqualTo(last);
        String end = Streams.data(streamed("{}", answer(stop)))
                .getLast()
                .path("type")
                .asString();
        assertThat(end).isEqualTo("response." + status);
    }

    @Test
    void aRefusalInWordsIsAPartOfTheMessage() {
        JsonNode response = written("{}", answer(StopReason.REFUSED, new Part.Text("Well. "), new Part.Refusal("No.")));

        assertThat(response.path("status").asString()).isEqualTo("completed");
        assertThat(response.at("/output/0/content/1"))
                .isEqualTo(JSON.readTree("{\"type\":\"refusal\",\"refusal\":\"No.\"}"));
    }

    /** Trap 16: whatever came or did not come, the stream has its end. */
    @Test
    void anAnswerOfNothingIsAResponseAllTheSame() {
        ResponsesAnswerWriter writer = writer("{}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.event(new AnswerEvent.Begun("x"), out);

        assertThat(out.size())
                .as("nothing yet, so that another provider may be asked")
                .isZero();
        assertThat(checked(writer.end(Meters.NONE)).path("output")).isEmpty();
    }

    @Test
    void callsMayGrowAtOnce() {
        ResponsesAnswerWriter writer = writer("{}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (AnswerEvent event : List.of(
                new AnswerEvent.ToolCallBegun(0, 0, "a", "f", null),
                new AnswerEvent.ToolCallBegun(0, 1, "b", "g", null),
                new AnswerEvent.ToolArgumentsMore(0, 1, "{\"y\":2}"),
                new AnswerEvent.ToolArgumentsMore(0, 0, "{\"x\""),
                new AnswerEvent.ToolArgumentsMore(0, 0, ":1}"),
                new AnswerEvent.Stopped(0, StopReason.TOOL_CALLS, null))) writer.event(event, out);
        out.writeBytes(writer.end(CHARGED));
        JsonNode response = checked(out.toByteArray());

        assertThat(response.at("/output/0/arguments").asString()).isEqualTo("{\"x\":1}");
        assertThat(response.at("/output/1/arguments").asString()).isEqualTo("{\"y\":2}");
    }

    @Test
    void aCustomToolIsCalledWithText() {
        String told = "{\"tools\":[{\"type\":\"custom\",\"name\":\"apply_patch\"}]}";
        JsonNode response = written(
                told,
                answer(
                        StopReason.TOOL_CALLS,
                        new Part.ToolCall("c1", "apply_patch", "{\"input\":\"*** Begin Patch\\n\"}"),
                        new Part.ToolCall("c2", "apply_patch", "*** raw")));

        assertThat(response.at("/output/0/type").asString()).isEqualTo("custom_tool_call");
        assertThat(response.at("/output/0/input").asString()).isEqualTo("*** Begin Patch\n");
        assertThat(response.at("/output/1/input").asString()).isEqualTo("*** raw");
    }

    /** Codex has both. */
    @Test
    void toolsOfNamespacesAndSearchesForToolsAreCalledAsTheClientKnowsThem() {
        String told = """
                {"tools":[{"type":"namespace","name":"crew","tools":[{"type":"function","name":"close"},{"type":"custom","name":"tell"}]},
                 {"type":"tool_search","execution":"client"}]}""";
        JsonNode response = written(
                told,
                answer(
                        StopReason.TOOL_CALLS,
                        new Part.ToolCall("c1", "crew__close", "{\"target\":1}"),
                        new Part.ToolCall("c2", "crew__tell", "{\"input\":\"hello\"}"),
                        new Part.ToolCall("c3", "tool_search", "{\"query\":\"mail\"}")));

        assertThat(response.at("/output/0/type").asString()).isEqualTo("function_call");
        assertThat(response.at("/output/0/namespace").asString()).isEqualTo("crew");
        assertThat(response.at("/output/0/name").asString()).isEqualTo("close");
        assertThat(response.at("/output/1/type").asString()).isEqualTo("custom_tool_call");
        assertThat(response.at("/output/1/namespace").asString()).isEqualTo("crew");
        assertThat(response.at("/output/1/input").asString()).isEqualTo("hello");
        assertThat(response.at("/output/2/type").asString()).isEqualTo("tool_search_call");
        assertThat(response.at("/output/2/execution").asString()).isEqualTo("client");
        assertThat(response.at("/output/2/arguments/query").asString()).isEqualTo("mail");
        assertThat(response.at("/output/2").has("name")).isFalse();
    }

    @Test
    void whatASearchHasFoundIsCalledAsItWasFound() {
        String told = """
                {"input":[{"type":"tool_search_output","call_id":"c0","execution":"client","tools":[
                 {"type":"namespace","name":"mail","tools":[{"type":"function","name":"send"}]}]}]}""";
        JsonNode response = written(told, answer(StopReason.TOOL_CALLS, new Part.ToolCall("c1", "mail__send", "{}")));

        assertThat(response.at("/output/0/namespace").asString()).isEqualTo("mail");
        assertThat(response.at("/output/0/name").asString()).isEqualTo("send");
    }

    @Test
    void sourcesPicturesAndSearchesAreShown() {
        Citation page = new Citation("https://a.example", null, null, -1, -1, Vendor.CLAUDE, NullNode.instance);
        JsonNode search =
                JSON.readTree("{\"type\":\"server_tool_use\",\"name\":\"web_search\",\"input\":{\"query\":\"rain\"}}");
        JsonNode response = written(
                "{}",
                answer(
                        StopReason.FINISHED,
                        new Part.Foreign(Vendor.CLAUDE, search),
                        new Part.Text("Says one. "),
                        new Part.Text("Rain.", List.of(page), null, null),
                        new Part.Media(
                                Part.Media.Kind.PICTURE, new Source.Inline("image/webp", "QUJD"), null, null, null)));

        assertThat(response.at("/output/0/action/query").asString()).isEqualTo("rain");
        JsonNode annotation = response.at("/output/1/content/0/annotations/0");
        assertThat(annotation.path("start_index").intValue()).isEqualTo(10);
        assertThat(annotation.path("end_index").intValue()).isEqualTo(15);
        assertThat(response.at("/output/2/result").asString()).isEqualTo("QUJD");
    }

    @Test
    void repeatsWhatWasAsked() {
        JsonNode response = written("""
                {"model":"gpt","instructions":"Be short.","temperature":0,"parallel_tool_calls":false,"store":true,
                 "metadata":{"a":"b"},"text":{"verbosity":"low"},"tools":[{"type":"function","name":"f"}],
                 "reasoning":{"effort":"low"}}""", answer(StopReason.FINISHED, new Part.Text("Hi")));

        assertThat(response.path("instructions").asString()).isEqualTo("Be short.");
        assertThat(response.path("temperature").asString()).isEqualTo("0");
        assertThat(response.path("parallel_tool_calls").asBoolean()).isFalse();
        assertThat(response.path("store").asBoolean()).as("nobody keeps it").isFalse();
        assertThat(response.at("/metadata/a").asString()).isEqualTo("b");
        assertThat(response.at("/text/format/type").asString()).isEqualTo("text");
        assertThat(response.at("/tools/0/name").asString()).isEqualTo("f");
    }

    /** Trap 5: what others sealed comes back to them from an input made of this output. */
    @Test
    void sealsSurviveTheClient() {
        Signature gemini = new Signature(Vendor.GEMINI, "thoughtSig");
        Answer answer = answer(
                StopReason.TOOL_CALLS,
                new Part.Thinking("Shown.", null, CLAUDES),
                new Part.Thinking("", null, new Signature(Vendor.CLAUDE, "omitted")),
                new Part.HiddenThinking(null, new Signature(Vendor.CLAUDE, "redacted")),
                new Part.Text("Said.", List.of(), new Signature(Vendor.GEMINI, "textSig"), null),
                new Part.ToolCall("c1", "f", "{}", gemini, null));
        JsonNode output = written("{}", answer).path("output");
        var request = JSON.createObjectNode().put("model", "gpt");
        request.set(
                "input",
                JSON.createArrayNode()
                        .addAll((tools.jackson.databind.node.ArrayNode) output)
                        .add(JSON.readTree(
                                "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"ok\"}")));
        List<Part> parts =
                ResponsesRequestReader.read(request).turns().getFirst().parts();

        assertThat(((Part.Thinking) parts.get(0)).signature()).isEqualTo(CLAUDES);
        assertThat(((Part.Thinking) parts.get(1)).signature()).isEqualTo(new Signature(Vendor.CLAUDE, "omitted"));
        assertThat(((Part.Thinking) parts.get(1)).text()).isEmpty();
        assertThat(((Part.HiddenThinking) parts.get(2)).content()).isEqualTo(new Signature(Vendor.CLAUDE, "redacted"));
        assertThat(((Part.Text) parts.get(3)).signature()).isEqualTo(new Signature(Vendor.GEMINI, "textSig"));
        assertThat(((Part.ToolCall) parts.get(4)).signature()).isEqualTo(gemini);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text.sse", "reasoning-and-parallel-calls.sse", "refusal.sse", "incomplete.sse", "web-search.sse"
            })
    void whatWasReadIsWrittenTheSame(String recording) {
        byte[] bytes = recorded(recording);
        long seed = System.nanoTime();
        var stream = Streams.read(bytes, writer("{}"), new Random(seed));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(stream.passable(), 0, stream.passableLength());
        stream.passed();
        out.writeBytes(stream.ending(CHARGED));
        JsonNode theirs = Streams.data(bytes).getLast().path("response");
        JsonNode ours = checked(out.toByteArray());

        assertThat(ours.path("status")).as("seed %d", seed).isEqualTo(theirs.path("status"));
        assertThat(new ResponsesAnswerReader()
                        .whole(ours)
                        .candidates()
                        .getFirst()
                        .parts())
                .usingRecursiveComparison()
                .ignoringFields("id")
                .withEqualsForType((a, b) -> true, JsonNode.class)
                .isEqualTo(joined(new ResponsesAnswerReader().whole(theirs)));
    }

    /** A response has one summary where several parts came. */
    private static List<Part> joined(Answer answer) {
        return answer.candidates().getFirst().parts();
    }
}

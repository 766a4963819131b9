package io.tollbook.relay.dialect.claude;

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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers of Claude's, understood; and others' answers, told as Claude would. */
class ClaudeAnswerTest {
    static final Meters CHARGED = new Meters(Map.of(
            Meter.INPUT, 412L,
            Meter.CACHE_READ, 1_024L,
            Meter.CACHE_WRITE_5M, 1_536L,
            Meter.CACHE_WRITE_1H, 512L,
            Meter.OUTPUT, 100L,
            Meter.REASONING, 61L));

    static byte[] recording(String name) {
        try (InputStream in = ClaudeAnswerTest.class.getResourceAsStream("/recordings/claude/" + name)) {
            return java.util.Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    static ClaudeAnswerWriter writer() {
        return new ClaudeAnswerWriter(new AnswerFrame("1", "my-model", 0), () -> 5);
    }

    private static List<AnswerEvent> understood(String recording) {
        ClaudeAnswerReader reader = new ClaudeAnswerReader();
        List<AnswerEvent> events = new ArrayList<>();
        for (JsonNode event : events(new String(recording(recording), StandardCharsets.UTF_8)))
            reader.event(event, events::add);
        assertThat(reader.isOver()).isTrue();
        return events;
    }

    private static List<JsonNode> events(String stream) {
        List<JsonNode> events = new ArrayList<>();
        for (String event : stream.split("\n\n")) {
            String[] lines = event.split("\n");
            JsonNode data = json(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + data.path("type").asString());
            events.add(data);
        }
        return events;
    }

    /** Puts a stream's blocks together, as every client does; each must begin and end once, and nothing lie between. */
    static ObjectNode message(String stream) {
        List<JsonNode> events = events(stream);
        assertThat(events.getFirst().path("type").asString()).isEqualTo("message_start");
        assertThat(events.getLast().path("type").asString()).isEqualTo("message_stop");
        ObjectNode message = (ObjectNode) events.getFirst().path("message");
        List<ObjectNode> blocks = new ArrayList<>();
        List<StringBuilder> inputs = new ArrayList<>();
        List<Integer> ended = new ArrayList<>();
        for (JsonNode event : events.subList(1, events.size() - 1)) {
            int index = event.path("index").asInt(-1);
            switch (event.path("type").asString()) {
                case "content_block_start" -> {
                    assertThat(index).isEqualTo(blocks.size());
                    blocks.add((ObjectNode) event.path("content_block").deepCopy());
                    inputs.add(new StringBuilder());
                }
                case "content_block_delta" -> {
                    assertThat(ended).doesNotContain(index);
                    grow(blocks.get(index), inputs.get(index), event.path("delta"));
                }
                case "content_block_stop" -> {
                    assertThat(ended).doesNotContain(index);
                    ended.add(index);
                    if (!inputs.get(index).isEmpty())
                        blocks.get(index).set("input", json(inputs.get(index).toString()));
                }
                case "message_delta" -> {
                    assertThat(ended).as("all blocks are closed").hasSameSizeAs(blocks);
                    message.setAll((ObjectNode) event.path("delta"));
                    message.set("usage", event.path("usage"));
                }
                case "ping" -> {}
                default -> throw new AssertionError(event);
            }
        }
        blocks.forEach(message.withArray("content")::add);
        return message;
    }

    private static void grow(ObjectNode block, StringBuilder input, JsonNode delta) {
        switch (delta.path("type").asString()) {
            case "text_delta" ->
                block.put(
                        "text",
                        block.path("text").asString() + delta.path("text").asString());
            case "thinking_delta" ->
                block.put(
                        "thinking",
                        block.path("thinking").asString()
                                + delta.path("thinking").asString());
            case "signature_delta" -> block.set("signature", delta.path("signature"));
            case "input_json_delta" -> input.append(delta.path("partial_json").asString());
            case "citations_delta" -> block.withArray("citations").add(delta.path("citation"));
            default -> throw new AssertionError(delta);
        }
    }

    private static ObjectNode written(List<AnswerEvent> events) {
        ClaudeAnswerWriter writer = writer();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        events.forEach(event -> writer.event(event, out));
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("message_delta", "message_stop");
        out.writeBytes(writer.end(CHARGED));
        return message(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void trap1And2EverythingInAStreamIsUnderstood() {
        assertThat(understood("thinking-and-tools.sse"))
                .containsExactly(
                        new AnswerEvent.Begun("msg_01Xk"),
                        new AnswerEvent.ThinkingMore(0, "Two cities, "),
                        new AnswerEvent.ThinkingMore(0, "two calls – für Zürich auch."),
                        new AnswerEvent.Sealed(0, null, new Signature(Vendor.CLAUDE, "EpQBCkYIBxgCKkDk+a/b==")),
                        new AnswerEvent.PartEnded(0),
                        new AnswerEvent.HiddenThinking(0, null, new Signature(Vendor.CLAUDE, "EroHCo+Y/w==")),
                        new AnswerEvent.TextMore(0, "I look at \"usage\" and "),
                        new AnswerEvent.TextMore(0, "Zürich \uD83C\uDF27."),
                        new AnswerEvent.PartEnded(0),
                        new AnswerEvent.ToolCallBegun(0, 0, "toolu_01A", "weather", null),
                        new AnswerEvent.ToolArgumentsMore(0, 0, "{\"city\": \"Zü"),
                        new AnswerEvent.ToolArgumentsMore(0, 0, "rich\"}"),
                        new AnswerEvent.ToolCallBegun(0, 1, "toolu_01B", "now", null),
                        new AnswerEvent.ToolArgumentsMore(0, 1, "{}"),
                        new AnswerEvent.Stopped(0, StopReason.TOOL_CALLS, null));
    }

    @Test
    void aWholeAnswerIsTheSameAsItsStream() {
        Answer answer = new ClaudeAnswerReader()
                .whole(json(new String(recording("thinking-and-tools.json"), StandardCharsets.UTF_8)));

        assertThat(answer.candidates().getFirst().parts())
                .containsExactly(
                        new Part.Thinking(
                                "Two cities, two calls – für Zürich auch.",
                                null,
                                new Signature(Vendor.CLAUDE, "EpQBCkYIBxgCKkDk+a/b==")),
                        new Part.HiddenThinking(null, new Signature(Vendor.CLAUDE, "EroHCo+Y/w==")),
                        new Part.Text("I look at \"usage\" and Zürich \uD83C\uDF27."),
                        new Part.ToolCall("toolu_01A", "weather", "{\"city\":\"Zürich\"}"),
                        new Part.ToolCall("toolu_01B", "now", "{}"));
        assertThat(answer.candidates().getFirst().stop()).isEqualTo(StopReason.TOOL_CALLS);
    }

    @Test
    void whatOnlyClaudeKnowsComesWholeAndCitationsSayWhereTheyStand() {
        List<AnswerEvent> events = understood("web-search.sse");

        assertThat(events)
                .filteredOn(AnswerEvent.Foreign.class::isInstance)
                .hasSize(2)
                .first()
                .isEqualTo(
                        new AnswerEvent.Foreign(
                                0,
                                new Part.Foreign(
                                        Vendor.CLAUDE,
                                        json(
                                                "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_01\",\"name\":\"web_search\",\"input\":{\"query\":\"tolls 2026\"}}"))));
        assertThat(events)
                .filteredOn(AnswerEvent.Cited.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(AnswerEvent.Cited.class, cited -> {
                    assertThat(cited.citation().url()).isEqualTo("https://tolls.example/2026");
                    assertThat(cited.citation().from()).isEqualTo(10);
                    assertThat(cited.citation().to()).isEqualTo(31);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"thinking-and-tools.sse", "web-search.sse"})
    void whatIsUnderstoodIsWrittenTheSame(String recording) {
        ObjectNode sent = message(new String(recording(recording), StandardCharsets.UTF_8));
        ObjectNode again = written(understood(recording));

        assertThat(again.path("content")).isEqualTo(sent.path("content"));
        assertThat(again.path("stop_reason")).isEqualTo(sent.path("stop_reason"));
        assertThat(again.path("model").asString()).isEqualTo("my-model");
    }

    @Test
    void aWholeAnswerIsWrittenAsItsStreamIs() {
        Answer answer = new ClaudeAnswerReader()
                .whole(json(new String(recording("thinking-and-tools.json"), StandardCharsets.UTF_8)));
        JsonNode whole = json(new String(writer().whole(answer, CHARGED), StandardCharsets.UTF_8));
        List<AnswerEvent> events = new ArrayList<>();
        answer.asEvents(events::add);

        assertThat(whole).isEqualTo(written(events));
    }

    @Test
    void trap24CachedTokensStandBesideTheInput() {
        JsonNode usage = json(new String(writer().whole(new Answer("x", List.of()), CHARGED), StandardCharsets.UTF_8))
                .path("usage");

        assertThat(usage).isEqualTo(json("""
                {"input_tokens":412,"cache_creation_input_tokens":2048,"cache_read_input_tokens":1024,
                "cache_creation":{"ephemeral_5m_input_tokens":1536,"ephemeral_1h_input_tokens":512},"output_tokens":161,"output_tokens_details":{"thinking_tokens":61}}"""));
    }

    @Test
    void trap16AStreamOfNothingStillBeginsAndEnds() {
        ObjectNode message = written(List.of());

        assertThat(message.path("content")).isEmpty();
        assertThat(message.path("stop_reason").asString()).isEqualTo("end_turn");
        assertThat(message.path("usage").path("output_tokens").asInt()).isEqualTo(161);
    }

    @Test
    void trap18KindsThatChangeAreBlocksOfTheirOwn() {
        ObjectNode message = written(List.of(
                new AnswerEvent.Begun("x"),
                new AnswerEvent.ThinkingMore(0, "a"),
                new AnswerEvent.TextMore(0, "b"),
                new AnswerEvent.ThinkingMore(0, "c"),
                new AnswerEvent.ToolCallBegun(0, 0, "1", "f", null),
                new AnswerEvent.ToolCallBegun(0, 1, "2", "g", null),
                new AnswerEvent.ToolArgumentsMore(0, 1, "{\"g\":"),
                new AnswerEvent.ToolArgumentsMore(0, 0, "{\"f\":1}"),
                new AnswerEvent.ToolArgumentsMore(0, 1, "2}"),
                new AnswerEvent.TextMore(0, "d"),
                new AnswerEvent.TextMore(1, "another candidate's"),
                new AnswerEvent.Stopped(0, StopReason.FINISHED, null)));

        assertThat(message.path("content")).isEqualTo(json("""
                [{"type":"thinking","thinking":"a","signature":""},{"type":"text","text":"b"},
                {"type":"thinking","thinking":"c","signature":""},{"type":"tool_use","id":"1","name":"f","input":{"f":1}},
                {"type":"tool_use","id":"2","name":"g","input":{"g":2}},{"type":"text","text":"d"}]"""));
        // Some vendors say stop where they call tools.
        assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
    }

    @Test
    void trap5SealsOfOtherVendorsGoThroughAClientAndBack() {
        Signature gemini = new Signature(Vendor.GEMINI, "AbC/+=");
        List<Part> parts = List.of(
                new Part.Thinking("sum", "rs_1", new Signature(Vendor.RESPONSES, "enc1")),
                new Part.HiddenThinking("rs_2", new Signature(Vendor.RESPONSES, "enc2")),
                new Part.Text("t", List.of(), gemini, null),
                new Part.ToolCall("c1", "f", "{}", gemini, null),
                new Part.ToolCall("c2", "f", "{}"));
        Answer answer = new Answer("x", List.of(new Answer.Candidate(0, parts, StopReason.TOOL_CALLS, null, null)));
        List<AnswerEvent> events = new ArrayList<>();
        answer.asEvents(events::add);

        for (JsonNode content : List.of(
                written(events).path("content"),
                json(new String(writer().whole(answer, CHARGED))).path("content")))
            assertThat(new ClaudeBlocks("content").read(content)).isEqualTo(parts);
    }

    /** Claude Code shows an answer's last block, if it is text. */
    @Test
    void anAnswerThatEndsInTextHasNoSealBehindIt() {
        Part sealed = new Part.Text("t", List.of(), new Signature(Vendor.GEMINI, "AbC/+="), null);
        Answer answer =
                new Answer("x", List.of(new Answer.Candidate(0, List.of(sealed), StopReason.FINISHED, null, null)));
        List<AnswerEvent> events = new ArrayList<>();
        answer.asEvents(events::add);
        JsonNode text = json("[{\"type\":\"text\",\"text\":\"t\"}]");

        assertThat(written(events).path("content")).isEqualTo(text);
        assertThat(json(new String(writer().whole(answer, CHARGED))).path("content"))
                .isEqualTo(text);
    }

    @Test
    void sayingsOfOtherVendorsAreShownAsWellAsClaudeCan() {
        Citation page = new Citation("https://a.example", "A", null, 0, 1, Vendor.OPENAI, json("{}"));
        ObjectNode message = written(List.of(
                new AnswerEvent.TextMore(0, "a"),
                new AnswerEvent.Cited(0, page),
                new AnswerEvent.Shown(
                        0,
                        new Part.Media(
                                Part.Media.Kind.PICTURE, new Source.Inline("image/png", "AAAA"), null, null, null)),
                new AnswerEvent.RefusalMore(0, "No."),
                new AnswerEvent.Stopped(0, StopReason.REFUSED, null)));

        assertThat(message.path("content").path(0).path("text").asString())
                .isEqualTo("a![image](data:image/png;base64,AAAA)No.");
        assertThat(message.path("content")
                        .path(0)
                        .path("citations")
                        .path(0)
                        .path("url")
                        .asString())
                .isEqualTo("https://a.example");
        assertThat(message.path("stop_reason").asString()).isEqualTo("refusal");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            end_turn,      FINISHED,      end_turn
            stop_sequence, STOP_SEQUENCE, stop_sequence
            max_tokens,    LENGTH,        max_tokens
            model_context_window_exceeded, LENGTH, max_tokens
            tool_use,      TOOL_CALLS,    tool_use
            refusal,       REFUSED,       refusal
            pause_turn,    PAUSED,        pause_turn
            something_new, FINISHED,      end_turn
            """)
    void answersEndForAReason(String theirs, StopReason reason, String ours) {
        Answer answer = new ClaudeAnswerReader()
                .whole(json(
                        "{\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_sequence\":\"S\",\"stop_reason\":\""
                                + theirs + "\"}"));

        assertThat(answer.candidates().getFirst().stop()).isEqualTo(reason);
        assertThat(answer.candidates().getFirst().stopSequence()).isEqualTo("S");
        JsonNode written = json(new String(writer().whole(answer, CHARGED)));
        assertThat(written.path("stop_reason").asString()).isEqualTo(ours);
        assertThat(written.path("stop_sequence").asString()).isEqualTo("S");
    }

    @Test
    void callsThatBeginWithTheirInputKeepIt() {
        ClaudeAnswerReader reader = new ClaudeAnswerReader();
        List<AnswerEvent> events = new ArrayList<>();
        reader.event(
                json(
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"f\",\"input\":{\"a\":1}}}"),
                events::add);
        reader.event(json("{\"type\":\"content_block_stop\",\"index\":0}"), events::add);

        assertThat(events.getLast()).isEqualTo(new AnswerEvent.ToolArgumentsMore(0, 0, "{\"a\":1}"));
    }
}

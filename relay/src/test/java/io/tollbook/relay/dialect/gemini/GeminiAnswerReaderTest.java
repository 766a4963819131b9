package io.tollbook.relay.dialect.gemini;

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
import io.tollbook.relay.metering.GeminiUsage;
import io.tollbook.relay.metering.Reported;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of Gemini's, recorded, and what they mean. */
class GeminiAnswerReaderTest {
    static String recording(String name) {
        try (InputStream in = GeminiAnswerReaderTest.class.getResourceAsStream("/recordings/gemini/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<JsonNode> events(String recording) {
        return recording(recording)
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JsonMapper.shared().readTree(line.substring(6)))
                .toList();
    }

    private static List<AnswerEvent> read(List<JsonNode> events) {
        GeminiAnswerReader reader = new GeminiAnswerReader();
        List<AnswerEvent> read = new ArrayList<>();
        events.forEach(event -> reader.event(event, read::add));
        reader.end(read::add);
        return read;
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @Test
    void trap18EveryPartOfEveryEventArrives() {
        List<AnswerEvent> read = read(events("thinking-and-tools.sse"));

        assertThat(read.subList(0, 5))
                .containsExactly(
                        new AnswerEvent.Begun("r-tools-1"),
                        new AnswerEvent.ThinkingMore(0, "**Planning** two look-ups in Zürich 😀"),
                        new AnswerEvent.TextMore(0, "I'll look."),
                        new AnswerEvent.ToolCallBegun(
                                0, 0, "fc-a1", "weather", new Signature(Vendor.GEMINI, "c2VhbC0xMQ==")),
                        new AnswerEvent.ToolArgumentsMore(0, 0, "{\"city\":\"Zürich\",\"days\":2}"));
        assertThat(read.get(5)).isInstanceOfSatisfying(AnswerEvent.ToolCallBegun.class, begun -> {
            assertThat(begun.call()).as("trap 2: counted from 0 across events").isEqualTo(1);
            assertThat(begun.id()).as("trap 10: an id that no other call has").matches("call_[0-9a-f]{24}");
            assertThat(begun.signature()).isNull();
        });
        assertThat(read.subList(6, 8))
                .containsExactly(
                        new AnswerEvent.ToolArgumentsMore(0, 1, "{}"),
                        new AnswerEvent.Stopped(0, StopReason.TOOL_CALLS, null));
    }

    @Test
    void trap25And26UsageIsReplacedAndThinkingIsPartOfTheAnswerOnce() {
        GeminiUsage usage = new GeminiUsage();
        events("thinking-and-tools.sse").forEach(usage::read);

        assertThat(usage.reported())
                .isEqualTo(new Reported.Counted(
                        new Meters(Map.of(Meter.INPUT, 93L, Meter.OUTPUT, 35L, Meter.REASONING, 57L))));
    }

    @Test
    void sourcesStandWhereTheirCharactersAreAndNotTheirBytes() {
        List<AnswerEvent> read = read(events("grounded.sse"));
        List<Citation> cited = read.stream()
                .filter(AnswerEvent.Cited.class::isInstance)
                .map(event -> ((AnswerEvent.Cited) event).citation())
                .toList();

        assertThat(cited)
                .extracting(Citation::url, Citation::from, Citation::to, Citation::quote)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("https://a.example/zh", 0, 16, "Zürich ist groß."),
                        org.assertj.core.groups.Tuple.tuple("https://a.example/zh", 17, 27, "Bern auch."),
                        org.assertj.core.groups.Tuple.tuple("https://b.example/be", 17, 27, "Bern auch."));
        assertThat(read.getLast()).isEqualTo(new AnswerEvent.Stopped(0, StopReason.FINISHED, null));
    }

    @Test
    void trap28SearchesInAStreamAreCounted() {
        GeminiUsage usage = new GeminiUsage();
        events("grounded.sse").forEach(usage::read);

        assertThat(usage.reported())
                .isEqualTo(new Reported.Counted(
                        new Meters(Map.of(Meter.INPUT, 31L, Meter.OUTPUT, 9L, Meter.GOOGLE_SEARCH, 2L))));
    }

    @Test
    void trap1AWholeAnswerKeepsEveryPart() {
        Answer answer = new GeminiAnswerReader().whole(JsonMapper.shared().readTree(recording("whole.json")));

        assertThat(answer.id()).isEqualTo("r-whole-1");
        assertThat(answer.candidates()).hasSize(2);
        assertThat(answer.candidates().getFirst().parts())
                .containsExactly(
                        new Part.Thinking("Thinking it over.", null, null),
                        new Part.Text("The answer is "),
                        new Part.Text("\n```python\nprint(6 * 7)\n```\n"),
                        new Part.Text("\n```\n42\n```\n"),
                        new Part.Media(
                                Part.Media.Kind.PICTURE,
                                new Source.Inline("image/png", "iVBORw0KGgo="),
                                null,
                                null,
                                null),
                        new Part.Text("42.", List.of(), new Signature(Vendor.GEMINI, "c2VhbC0xMg=="), null));
        assertThat(answer.candidates().getFirst().logprobs())
                .isEqualTo(
                        json(
                                "{'content':[{'token':'42','logprob':-0.25,'bytes':[52,50],'top_logprobs':"
                                        + "[{'token':'42','logprob':-0.25,'bytes':[52,50]},{'token':'7','logprob':-3.5,'bytes':[55]}]}]}"));
        assertThat(answer.candidates().get(1).stop()).isEqualTo(StopReason.LENGTH);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            STOP,                       FINISHED
            MAX_TOKENS,                 LENGTH
            SAFETY,                     REFUSED
            RECITATION,                 REFUSED
            MALFORMED_FUNCTION_CALL,    REFUSED
            FINISH_REASON_UNSPECIFIED,  FINISHED
            """)
    void saysWhyItStopped(String reason, StopReason stop) {
        JsonNode answer = json("{'candidates':[{'content':{'parts':[{'text':'x'}]},'finishReason':'" + reason + "'}]}");

        assertThat(new GeminiAnswerReader()
                        .whole(answer)
                        .candidates()
                        .getFirst()
                        .stop())
                .isEqualTo(stop);
        assertThat(read(List.of(answer)).getLast()).isEqualTo(new AnswerEvent.Stopped(0, stop, null));
    }

    @Test
    void moreMayFollowWhatLooksLikeTheEnd() {
        List<AnswerEvent> read = read(List.of(
                json("{'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'STOP'}]}"),
                json("{'usageMetadata':{'promptTokenCount':1}}"),
                json("{'candidates':[{'content':{'parts':[{'text':'b'}]},'finishReason':'MAX_TOKENS'}]}")));

        assertThat(read)
                .containsExactly(
                        new AnswerEvent.Begun(""),
                        new AnswerEvent.TextMore(0, "a"),
                        new AnswerEvent.TextMore(0, "b"),
                        new AnswerEvent.Stopped(0, StopReason.LENGTH, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'promptFeedback':{'blockReason':'SAFETY'},'usageMetadata':{'promptTokenCount':1}} | 400 | prompt_blocked
            {'usageMetadata':{'promptTokenCount':1}}                                           | 500 | empty_response
            {'candidates':[]}                                                                  | 500 | empty_response
            """)
    void anAnswerWithoutOneIsAnError(String answer, int status, String code) {
        GeminiAnswerReader reader = new GeminiAnswerReader();

        assertThat(reader.isAnswer(json(answer))).isTrue();
        assertThat(reader.failure(json(answer)))
                .as("for Google's own clients it is none")
                .isNull();
        assertThat(reader.unanswered(json(answer))).satisfies(failure -> {
            assertThat(failure.status()).isEqualTo(status);
            assertThat(failure.code()).isEqualTo(code);
        });
        assertThat(read(List.of(json(answer))))
                .singleElement()
                .isInstanceOfSatisfying(
                        AnswerEvent.Failed.class,
                        failed -> assertThat(failed.failure().code()).isEqualTo(code));
    }

    @Test
    void trap22AnErrorInsideAStreamEndsIt() {
        List<AnswerEvent> read = read(List.of(
                json("{'candidates':[{'content':{'parts':[{'text':'a'}]}}]}"),
                json("{'error':{'code':503,'message':'The model is overloaded.','status':'UNAVAILABLE'}}"),
                json("{'candidates':[{'content':{'parts':[{'text':'b'}]}}]}")));

        assertThat(read).hasSize(3);
        assertThat(read.getLast()).isInstanceOf(AnswerEvent.Failed.class);
    }
}

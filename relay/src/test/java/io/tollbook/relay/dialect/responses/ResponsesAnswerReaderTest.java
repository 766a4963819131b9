package io.tollbook.relay.dialect.responses;

import static io.tollbook.relay.dialect.responses.Streams.events;
import static io.tollbook.relay.dialect.responses.Streams.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.relay.conversation.Answer;
import io.tollbook.relay.conversation.AnswerEvent;
import io.tollbook.relay.conversation.Failure;
import io.tollbook.relay.conversation.Part;
import io.tollbook.relay.conversation.Signature;
import io.tollbook.relay.conversation.StopReason;
import io.tollbook.relay.conversation.Vendor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResponsesAnswerReaderTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static String text(List<AnswerEvent> events) {
        StringBuilder text = new StringBuilder();
        for (AnswerEvent event : events) if (event instanceof AnswerEvent.TextMore more) text.append(more.text());
        return text.toString();
    }

    private static String thinking(List<AnswerEvent> events) {
        StringBuilder text = new StringBuilder();
        for (AnswerEvent event : events) if (event instanceof AnswerEvent.ThinkingMore more) text.append(more.text());
        return text.toString();
    }

    private static <T> List<T> only(List<AnswerEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void readsText() {
        List<AnswerEvent> events = events(recorded("text.sse"));

        assertThat(events.getFirst()).isEqualTo(new AnswerEvent.Begun("resp_0a11"));
        assertThat(text(events)).isEqualTo("Hello there, Zürich 😀.");
        assertThat(events.getLast()).isEqualTo(new AnswerEvent.Stopped(0, StopReason.FINISHED, null));
    }

    /** Traps 1, 2, 5 and 18. */
    @Test
    void readsThinkingTextAndParallelCallsOfOneAnswer() {
        List<AnswerEvent> events = events(recorded("reasoning-and-parallel-calls.sse"));

        assertThat(thinking(events)).isEqualTo("**Two cities**\n\nBoth at once.");
        assertThat(only(events, AnswerEvent.Sealed.class))
                .containsExactly(new AnswerEvent.Sealed(
                        0, "rs_0b12", new Signature(Vendor.RESPONSES, "gAAAAABmVt1fqq0SealedThinkingOfTheModel==")));
        assertThat(text(events)).isEqualTo("I look it up.");
        assertThat(only(events, AnswerEvent.ToolCallBegun.class))
                .containsExactly(
                        new AnswerEvent.ToolCallBegun(0, 0, "call_Paris", "get_weather", null),
                        new AnswerEvent.ToolCallBegun(0, 1, "call_Oslo", "get_weather", null));
        StringBuilder[] arguments = {new StringBuilder(), new StringBuilder()};
        for (AnswerEvent.ToolArgumentsMore more : only(events, AnswerEvent.ToolArgumentsMore.class))
            arguments[more.call()].append(more.fragment());
        assertThat(arguments[0]).hasToString("{\"city\":\"Paris\"}");
        assertThat(arguments[1]).hasToString("{\"city\":\"Oslo\"}");
        assertThat(events.getLast()).isEqualTo(new AnswerEvent.Stopped(0, StopReason.TOOL_CALLS, null));
    }

    /** Trap 12: incomplete is no end like another. */
    @ParameterizedTest
    @CsvSource({"incomplete.sse, LENGTH", "refusal.sse, REFUSED", "web-search.sse, FINISHED"})
    void saysWhyItStopped(String recording, StopReason why) {
        assertThat(events(recorded(recording)).getLast()).isEqualTo(new AnswerEvent.Stopped(0, why, null));
    }

    @Test
    void readsWhatIsHiddenRefusedSearchedAndCited() {
        assertThat(events(recorded("incomplete.sse")))
                .contains(new AnswerEvent.HiddenThinking(
                        0, "rs_0d12", new Signature(Vendor.RESPONSES, "gAAAAABmVt1fhiddenOnly")));
        assertThat(only(events(recorded("refusal.sse")), AnswerEvent.RefusalMore.class))
                .extracting(AnswerEvent.RefusalMore::text)
                .containsExactly("I cannot ", "help with that.");
        List<AnswerEvent> search = events(recorded("web-search.sse"));
        assertThat(only(search, AnswerEvent.Foreign.class)).hasSize(1);
        assertThat(only(search, AnswerEvent.Cited.class)).singleElement().satisfies(cited -> {
            assertThat(cited.citation().url()).isEqualTo("https://news.example/a");
            assertThat(cited.citation().to()).isEqualTo(14);
        });
    }

    /** Trap 22. */
    @ParameterizedTest
    @CsvSource({
        "failed.sse, server_error, 500, The model at *** broke down.",
        "error.sse, context_length_exceeded, 400, Your input exceeds the context window of this model."
    })
    void anErrorInsideAStreamIsOne(String recording, String code, int status, String message) {
        Failure failure = only(events(recorded(recording)), AnswerEvent.Failed.class)
                .getFirst()
                .failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).isEqualTo(message);
    }

    @Test
    void aStreamThatEndsBeforeTheResponseDoesHasFailed() {
        byte[] whole = recorded("text.sse");
        byte[] cut = Arrays.copyOf(
                whole,
                new String(whole, java.nio.charset.StandardCharsets.UTF_8)
                        .substring(0, whole.length / 2)
                        .lastIndexOf("event:"));

        assertThat(events(cut).getLast()).isInstanceOf(AnswerEvent.Failed.class);
    }

    /** Some providers send only the beginning and the end. */
    @Test
    void whatNoEventToldOfIsTakenFromTheEnd() {
        String all = new String(recorded("reasoning-and-parallel-calls.sse"), java.nio.charset.StandardCharsets.UTF_8);
        String ends = all.substring(all.indexOf("event: response.completed"));

        List<AnswerEvent> events = events(ends.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(text(events)).isEqualTo("I look it up.");
        assertThat(only(events, AnswerEvent.ToolCallBegun.class)).hasSize(2);
        assertThat(thinking(events)).isEqualTo("**Two cities**\n\nBoth at once.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text.sse", "reasoning-and-parallel-calls.sse", "refusal.sse", "incomplete.sse", "web-search.sse"
            })
    void aWholeAnswerSaysTheSameAsItsStream(String recording) {
        byte[] bytes = recorded(recording);
        JsonNode response = Streams.data(bytes).getLast().path("response");
        List<AnswerEvent> whole = new ArrayList<>();
        new ResponsesAnswerReader().whole(response).asEvents(whole::add);

        List<AnswerEvent> stream = events(bytes);
        assertThat(text(whole)).isEqualTo(text(stream));
        assertThat(thinking(whole)).isEqualTo(thinking(stream));
        for (Class<?> type : List.of(
                AnswerEvent.Sealed.class,
                AnswerEvent.HiddenThinking.class,
                AnswerEvent.ToolCallBegun.class,
                AnswerEvent.Cited.class,
                AnswerEvent.Stopped.class))
            assertThat((List<?>) only(whole, type)).isEqualTo(only(stream, type));
    }

    @Test
    void readsAWholeAnswer() {
        Answer answer = new ResponsesAnswerReader().whole(JSON.readTree(recorded("whole.json")));

        assertThat(answer.candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.stop()).isEqualTo(StopReason.TOOL_CALLS);
            assertThat(candidate.parts().get(0)).isInstanceOf(Part.Thinking.class);
            assertThat(((Part.Text) candidate.parts().get(1)).citations()).hasSize(1);
            assertThat(candidate.parts().get(2)).isEqualTo(new Part.ToolCall("call_1", "note", "{\"x\":4}"));
        });
    }
}

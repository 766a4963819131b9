package io.tollbook.relay.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.relay.dialect.AnswerFrame;
import io.tollbook.relay.dialect.AnswerWriter;
import io.tollbook.relay.dialect.Dialect;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.claude.Claude;
import io.tollbook.relay.dialect.gemini.Gemini;
import io.tollbook.relay.dialect.openai.OpenAi;
import io.tollbook.relay.dialect.responses.Responses;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a translated stream keeps, whatever the length of its answer. */
class TranslatedStreamTest {
    private static final String MESSAGES = ",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}";
    private static final String PIECE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "a".repeat(1_000) + "\"}}]}\n\n";
    private static final String CALL =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\","
                    + "\"function\":{\"name\":\"f\",\"arguments\":\"" + "a".repeat(1_000) + "\"}}]}}]}\n\n";

    private final LongEvents room = new LongEvents(1_000_000);

    private TranslatedStream stream(Dialect client, RequestLine line, String body) {
        AnswerWriter writer =
                client.writer(client.read(line, body.getBytes(StandardCharsets.UTF_8)), new AnswerFrame("id", "m", 1));
        return new TranslatedStream(new OpenAi(), writer, room);
    }

    private TranslatedStream stream(String client) {
        return switch (client) {
            case "claude" ->
                stream(
                        new Claude(),
                        new RequestLine("/v1/messages", null),
                        "{\"model\":\"m\",\"max_tokens\":9" + MESSAGES);
            case "gemini" ->
                stream(
                        new Gemini(),
                        new RequestLine("/v1beta/models/m:streamGenerateContent", "alt=sse"),
                        "{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]}");
            case "responses" ->
                stream(
                        new Responses(),
                        new RequestLine("/v1/responses", null),
                        "{\"model\":\"m\",\"input\":\"x\",\"stream\":true}");
            default -> throw new IllegalArgumentException(client);
        };
    }

    /** @return how many of the pieces were taken in before it was over */
    private static int feed(TranslatedStream stream, String event, int pieces) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < pieces; i++) {
            if (stream.isOver()) return i;
            byte[] buffer = stream.buffer();
            System.arraycopy(bytes, 0, buffer, stream.offset(), bytes.length);
            stream.read(bytes.length);
            stream.passed();
        }
        return pieces;
    }

    @ParameterizedTest
    @CsvSource({"claude", "gemini"})
    void whatHasBeenSaidIsNotKept(String client) {
        try (TranslatedStream stream = stream(client)) {
            assertThat(feed(stream, PIECE, 10_000)).isEqualTo(10_000);
            assertThat(room.taken()).isZero();
            assertThat(stream.passable()).hasSizeLessThan(64 * 1024);
        }
    }

    /** The last event of a response repeats all of it; Google's clients know a call as a whole only. */
    @ParameterizedTest
    @CsvSource({"responses, false", "responses, true", "gemini, true"})
    void whatIsKeptToTheEndHasToFindRoom(String client, boolean call) {
        String event = call ? CALL : PIECE;
        try (TranslatedStream stream = stream(client)) {
            assertThat(feed(stream, event, 30)).isEqualTo(30);
            assertThat(room.taken()).isZero();
            feed(stream, event, 70);
            assertThat(room.taken()).isBetween(100_000L, 250_000L);
            assertThat(feed(stream, event, 1_000)).isLessThan(600);
            assertThat(stream.failure().orElseThrow().status()).isEqualTo(503);
        }
        assertThat(room.taken()).isZero();
    }

    @Test
    void anotherAnswerFindsTheRoomAgain() {
        try (TranslatedStream first = stream("responses")) {
            feed(first, PIECE, 400);
            try (TranslatedStream second = stream("responses")) {
                assertThat(feed(second, PIECE, 400)).isLessThan(400);
            }
        }
        try (TranslatedStream third = stream("responses")) {
            assertThat(feed(third, PIECE, 400)).isEqualTo(400);
        }
    }
}

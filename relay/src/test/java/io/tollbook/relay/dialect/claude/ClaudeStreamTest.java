package io.tollbook.relay.dialect.claude;

import static io.tollbook.relay.dialect.claude.ClaudeAnswerTest.CHARGED;
import static io.tollbook.relay.dialect.claude.ClaudeAnswerTest.message;
import static io.tollbook.relay.dialect.claude.ClaudeAnswerTest.recording;
import static io.tollbook.relay.dialect.claude.ClaudeAnswerTest.writer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.metering.Reported;
import io.tollbook.relay.stream.AnswerStream;
import io.tollbook.relay.stream.LongEvents;
import io.tollbook.relay.stream.PassingStream;
import io.tollbook.relay.stream.TranslatedStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claude's streams as they come and as they are told to others, cut anywhere. */
class ClaudeStreamTest {
    @ParameterizedTest
    @CsvSource({"thinking-and-tools.sse, 412, 1024, 1536, 512, 161, 0", "web-search.sse, 9800, 0, 0, 0, 77, 1"})
    void trap19AStreamIsTheSameHoweverItIsCut(
            String recording, long input, long read, long write5m, long write1h, long output, long searches) {
        byte[] bytes = recording(recording);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            AnswerStream passing =
                    new PassingStream(new ClaudePassRules(), new Claude().text(), new LongEvents(1 << 30));
            AnswerStream translated = new TranslatedStream(new Claude(), writer(), new LongEvents(1 << 30));
            String passed = cut(passing, bytes, random);
            assertThat(passed).as("seed %d", seed).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            String again = cut(translated, bytes, random);
            assertThat(message(again).path("content"))
                    .as("seed %d", seed)
                    .isEqualTo(message(passed).path("content"));
            for (AnswerStream stream : List.of(passing, translated)) {
                assertThat(stream.isOver()).isTrue();
                Meters meters = ((Reported.Counted) stream.usage().reported()).meters();
                assertThat(List.of(
                                meters.of(Meter.INPUT),
                                meters.of(Meter.CACHE_READ),
                                meters.of(Meter.CACHE_WRITE_5M),
                                meters.of(Meter.CACHE_WRITE_1H),
                                meters.of(Meter.OUTPUT),
                                meters.of(Meter.WEB_SEARCH)))
                        .containsExactly(input, read, write5m, write1h, output, searches);
            }
            assertThat(translated.answer().tokens()).isPositive();
        }
    }

    /** What the client gets of it; what waits for the settlement comes last. */
    private static String cut(AnswerStream stream, byte[] bytes, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; ) {
            byte[] buffer = stream.buffer();
            int size = Math.min(1 + random.nextInt(90), Math.min(bytes.length - at, buffer.length - stream.offset()));
            System.arraycopy(bytes, at, buffer, stream.offset(), size);
            at += size;
            stream.read(size);
            out.write(stream.passable(), 0, stream.passableLength());
            stream.passed();
        }
        stream.finish();
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\"message_delta\"", "\"message_stop\"");
        out.writeBytes(stream.ending(CHARGED));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void trap22AnErrorInsideAStreamEndsItAndKeepsItsKind() {
        String error =
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
        for (AnswerStream stream : List.of(
                new PassingStream(new ClaudePassRules(), new Claude().text(), new LongEvents(1 << 30)),
                new TranslatedStream(new Claude(), writer(), new LongEvents(1 << 30)))) {
            byte[] bytes = (error + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            System.arraycopy(bytes, 0, stream.buffer(), 0, bytes.length);
            stream.read(bytes.length);

            assertThat(stream.passableLength()).isZero();
            assertThat(stream.failure()).hasValueSatisfying(failure -> {
                assertThat(failure.type()).isEqualTo("overloaded_error");
                assertThat(ClaudeErrors.SHAPE.status(failure)).isEqualTo(529);
            });
        }
    }

    @Test
    void aMessageDeltaThatIsNotTheLastPassesWithWhatFollows() {
        PassingStream stream = new PassingStream(new ClaudePassRules(), new Claude().text(), new LongEvents(1 << 30));
        String delta = "data: {\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":1}}\n\n";
        String more = "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}\n\n";
        byte[] bytes = (delta + more + delta).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, stream.buffer(), 0, bytes.length);
        stream.read(bytes.length);

        assertThat(new String(stream.passable(), 0, stream.passableLength(), StandardCharsets.UTF_8))
                .isEqualTo(delta + more);
        stream.passed();
        assertThat(new String(stream.ending(CHARGED), StandardCharsets.UTF_8)).isEqualTo(delta);
    }
}

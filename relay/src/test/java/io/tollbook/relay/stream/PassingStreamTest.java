package io.tollbook.relay.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.relay.dialect.ClientRequest;
import io.tollbook.relay.dialect.PassRules;
import io.tollbook.relay.dialect.RequestLine;
import io.tollbook.relay.dialect.openai.OpenAi;
import io.tollbook.relay.metering.Reported;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassingStreamTest {
    private static final String CONTENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Zürich\"}}]}\n\n";
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":4,\"total_tokens\":14}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private record Read(String passed, String kept, PassingStream reader) {}

    @Test
    void passesContentAndKeepsTheEnd() {
        Read read = read(CONTENT + USAGE + DONE, true, 1 << 16);

        assertThat(read.passed).isEqualTo(CONTENT);
        assertThat(read.kept).isEqualTo(USAGE + DONE);
        assertThat(read.reader.isOver()).isTrue();
    }

    @Test
    void withholdsAUsageChunkNobodyAskedFor() {
        Read read = read(CONTENT + USAGE + DONE, false, 1 << 16);

        assertThat(read.passed + read.kept).isEqualTo(CONTENT + DONE);
        assertThat(read.reader.usage().reported())
                .isEqualTo(new Reported.Counted(new Meters(Map.of(Meter.INPUT, 10L, Meter.OUTPUT, 4L))));
    }

    @Test
    void passesUsageThatStandsInAContentChunk() {
        String chunk =
                "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n";
        Read read = read(chunk + DONE, false, 1 << 16);

        assertThat(read.passed).isEqualTo(chunk);
        assertThat(read.reader.usage().reported()).isInstanceOf(Reported.Counted.class);
    }

    @Test
    void readsTheSameHoweverTheBytesAreCut() {
        String stream = ": comment\n\n" + CONTENT + "event: x\r\ndata:" + CONTENT.substring(6, CONTENT.length() - 2)
                + "\r\n\r\n" + CONTENT + USAGE + DONE;
        Read whole = read(stream, true, 1 << 16);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Read cut = read(stream, true, 1 + random.nextInt(20));
            assertThat(cut.passed).as("seed %d", seed).isEqualTo(whole.passed);
            assertThat(cut.kept).isEqualTo(whole.kept);
            assertThat(cut.reader.usage().reported())
                    .isEqualTo(whole.reader.usage().reported());
            assertThat(cut.reader.answer().tokens())
                    .isEqualTo(whole.reader.answer().tokens());
        }
        assertThat(whole.passed + whole.kept).isEqualTo(stream);
    }

    @Test
    void aUsageChunkThatMoreComesBehindWasNotTheEnd() {
        Read read = read(USAGE + CONTENT + USAGE + DONE, true, 1 << 16);

        assertThat(read.passed).isEqualTo(USAGE + CONTENT);
        assertThat(read.kept).isEqualTo(USAGE + DONE);
    }

    @Test
    void keepsNothingThatComesBehindTheEnd() {
        Read read = read(CONTENT + DONE + CONTENT + ": late\n\n", true, 1 << 16);

        assertThat(read.passed).isEqualTo(CONTENT);
        assertThat(read.kept).isEqualTo(DONE);
        assertThat(read.reader.isOver()).isTrue();
    }

    @Test
    void passesAGiantEventUnreadInBoundedMemory() {
        String giant = "data: {\"x\":\"" + "a".repeat(2 * PassRules.EVENT_BYTES_MAX) + "\"}\n\n";
        Read read = read(giant + CONTENT + USAGE + DONE, true, 4_096);

        assertThat(read.passed).isEqualTo(giant + CONTENT);
        assertThat(read.kept).isEqualTo(USAGE + DONE);
        assertThat(read.reader.usage().reported()).isInstanceOf(Reported.Counted.class);
    }

    @Test
    void keepsAnUnfinishedEventForTheEnd() {
        Read read = read(CONTENT + "data: {\"choi", true, 1 << 16);

        assertThat(read.passed).isEqualTo(CONTENT);
        assertThat(read.kept).isEqualTo("data: {\"choi");
        assertThat(read.reader.failure()).as("nothing said that it was the end").isPresent();
    }

    @Test
    void readsAnEventWithALineBehindItsData() {
        Read read = read(CONTENT + USAGE.replace("\n\n", "\nid: 5\n\n") + DONE, false, 1 << 16);

        assertThat(read.reader.usage().reported()).isInstanceOf(Reported.Counted.class);
        assertThat(read.passed + read.kept).isEqualTo(CONTENT + DONE);
    }

    @Test
    void usageThatIsNullInEveryPieceChangesNothing() {
        String piece = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"usage\":null}\n\n";
        Read read = read(piece + USAGE + DONE, true, 1 << 16);

        assertThat(read.passed).isEqualTo(piece);
        assertThat(read.kept).isEqualTo(USAGE + DONE);
    }

    @Test
    void seesAnErrorInsideTheStream() {
        Read read = read("data: {\"error\":{\"message\":\"boom\"}}\n\n", true, 1 << 16);

        assertThat(read.reader.failure()).isPresent();
        assertThat(read.reader.isOver()).isTrue();
        assertThat(read.passed + read.kept).isEmpty();
    }

    @Test
    void knowsThatAGiantEventIsTorn() {
        String giant = "data: " + "a".repeat(2 * PassRules.EVENT_BYTES_MAX);

        assertThat(read(giant, true, 4_096).reader.isTorn()).isTrue();
        assertThat(read(giant + "\n\n", true, 4_096).reader.isTorn()).isFalse();
    }

    @Test
    void anEventThatAllStreamsTogetherHaveNoRoomForIsPassedUnread() {
        OpenAi openAi = new OpenAi();
        String long1 = "data: {\"x\":\"" + "a".repeat(PassRules.EVENT_BYTES_MAX - 100) + "\"}\n\n";
        LongEvents room = new LongEvents(PassRules.EVENT_BYTES_MAX - 1);
        PassingStream reader = new PassingStream(openAi.rules(asked(true)), openAi.text(), room);
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        feed(reader, long1 + CONTENT + USAGE + DONE, 4_096, passed);

        assertThat(passed.toString(StandardCharsets.UTF_8) + end(reader)).isEqualTo(long1 + CONTENT + USAGE + DONE);
        assertThat(reader.usage().reported()).isInstanceOf(Reported.Counted.class);
        assertThat(room.taken()).isZero();
    }

    @Test
    void givesBackTheRoomOfALongEventWhenItIsThrough() {
        OpenAi openAi = new OpenAi();
        String long1 = "data: {\"x\":\"" + "a".repeat(PassRules.EVENT_BYTES_MAX - 100) + "\"}";
        LongEvents room = new LongEvents(1 << 30);
        PassingStream reader = new PassingStream(openAi.rules(asked(true)), openAi.text(), room);
        feed(reader, long1, 4_000, new ByteArrayOutputStream());
        assertThat(room.taken()).isPositive();

        feed(reader, "\n\n", 4_000, new ByteArrayOutputStream());
        assertThat(room.taken()).isZero();
        feed(reader, long1, 4_000, new ByteArrayOutputStream());
        reader.close();
        assertThat(room.taken()).isZero();
    }

    @Test
    void countsTheAnswerWithoutParsingIt() {
        Read read = read(CONTENT + CONTENT + DONE, true, 1 << 16);

        // Twice five narrow letters are three tokens, and two wide ones two more.
        assertThat(read.reader.answer().tokens()).isEqualTo(5);
    }

    private static Read read(String stream, boolean wanted, int piece) {
        OpenAi openAi = new OpenAi();
        PassingStream reader = new PassingStream(openAi.rules(asked(wanted)), openAi.text(), new LongEvents(1 << 30));
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        feed(reader, stream, piece, passed);
        return new Read(passed.toString(StandardCharsets.UTF_8), end(reader), reader);
    }

    private static void feed(PassingStream reader, String stream, int piece, ByteArrayOutputStream passed) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; ) {
            byte[] buffer = reader.buffer();
            int part = Math.min(Math.min(piece, buffer.length - reader.offset()), bytes.length - at);
            System.arraycopy(bytes, at, buffer, reader.offset(), part);
            reader.read(part);
            passed.write(reader.passable(), 0, reader.passableLength());
            reader.passed();
            at += part;
        }
    }

    private static String end(PassingStream reader) {
        reader.finish();
        return new String(reader.ending(Meters.NONE), StandardCharsets.UTF_8);
    }

    private static ClientRequest asked(boolean usageWanted) {
        String body = "{\"model\":\"m\",\"messages\":[{}],\"stream_options\":{\"include_usage\":" + usageWanted + "}}";
        return new OpenAi().read(new RequestLine("/", null), body.getBytes(StandardCharsets.UTF_8));
    }
}

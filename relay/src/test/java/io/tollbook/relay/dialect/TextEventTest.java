package io.tollbook.relay.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TextEventTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static String quoted(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TextEvent.quote(text, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTextIsQuotedSoThatItReadsTheSame() {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point <= 0x10FFFF; point++)
            if (point < 0xD800 || point > 0xDFFF) all.appendCodePoint(point);
        assertThat(JSON.readTree(quoted(all.toString())).asString()).isEqualTo(all.toString());
        assertThat(quoted("say \"a\\b\"\n\t")).isEqualTo("\"say \\\"a\\\\b\\\"\\n\\t\"");
        assertThat(quoted("")).isEqualTo("\"\"");
    }

    /** Some providers cut a stream between the two halves of a smiley. */
    @Test
    void halfACharacterStaysTheHalfItIs() {
        String smiley = "\uD83D\uDE00";
        assertThat(quoted("a" + smiley.charAt(0))).isEqualTo("\"a\\ud83d\"");
        assertThat(quoted(smiley.charAt(1) + "b")).isEqualTo("\"\\ude00b\"");
        assertThat(quoted(smiley.charAt(1) + smiley + smiley.charAt(0))).isEqualTo("\"\\ude00" + smiley + "\\ud83d\"");
    }

    @Test
    void anyTextReadsTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) text.append((char) random.nextInt(0x10000));
            assertThat(JSON.readTree(quoted(text.toString())).asString())
                    .as("seed %d", seed)
                    .isEqualTo(text.toString());
        }
    }

    @Test
    void anEventSaysTheSameAsOneThatIsWrittenWhole() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ObjectNode event = JSON.createObjectNode().put("model", "m \"x\"").put("text", TextEvent.TEXT);
        TextEvent.around("data: ", event.put("last", true), "\n\n").write("a \"word\"", out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("data: " + event.put("text", "a \"word\"") + "\n\n");
    }
}

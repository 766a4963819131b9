package io.tollbook.relay.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventBytesTest {
    private static EventBytes event(String text) {
        byte[] bytes = ("xx" + text).getBytes(StandardCharsets.ISO_8859_1);
        return EventBytes.of(bytes, 2, bytes.length);
    }

    @Test
    void dataAreReadWhereTheyStand() {
        assertThat(event("event: a\ndata: {\"a\":1}\n\n").json()).hasToString("{\"a\":1}");
        assertThat(event("data:{\"a\":1}\nid: 7\n\n").json()).hasToString("{\"a\":1}");
    }

    @Test
    void dataInSeveralLinesAreJoined() {
        assertThat(event("data: {\ndata: \"a\":\r\ndata: 1}\n\n").json()).hasToString("{\"a\":1}");
    }

    @Test
    void lettersThatAreNoneDoNotHideTheRest() {
        assertThat(event("data: {\"a\":\"\u00C3(\",\"b\":2}\n\n").json()).hasToString("{\"a\":\"\uFFFD(\",\"b\":2}");
    }

    @Test
    void whatIsNoJsonIsNothing() {
        assertThat(event("data: hello\n\n").json()).isNull();
        assertThat(event("data: {\"a\":\n\n").json()).isNull();
        assertThat(event("data:").json().isMissingNode()).isTrue();
    }
}

package io.tollbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines"})
    void isOneLineThatSaysSomething(String words) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> new Reason(words));
    }

    @Test
    void hasALimit() {
        assertThat(new Reason(" " + "x".repeat(500) + " ").words()).hasSize(500);
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> new Reason("x".repeat(501)));
    }
}

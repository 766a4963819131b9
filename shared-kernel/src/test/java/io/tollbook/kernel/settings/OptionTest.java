package io.tollbook.kernel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest {
    @ParameterizedTest
    @EnumSource
    void everyDefaultIsAllowed(Option option) {
        assertThat(option.checked(option.initial())).isEqualTo(option.initial());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "2.0"})
    void takesNumbersInRange(String value) {
        assertThat(Option.RETRY_TIMES.checked(value)).matches("\\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "11", "1.5", "NaN", "", "many"})
    void refusesNumbersOutOfRange(String value) {
        assertThatThrownBy(() -> Option.RETRY_TIMES.checked(value))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("RetryTimes");
    }

    @Test
    void aSwitchIsTrueOrFalse() {
        assertThat(Option.DEMO_SITE.checked("TRUE")).isEqualTo("true");
        assertThatThrownBy(() -> Option.DEMO_SITE.checked("yes")).isInstanceOf(Refused.class);
    }

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(Option.RETRY_TIMES.number(Map.of())).isEqualTo(1);
        assertThat(Option.RETRY_TIMES.number(Map.of("RetryTimes", "3"))).isEqualTo(3);
    }
}

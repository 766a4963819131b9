package io.tollbook.kernel.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsernamesTest {
    @Test
    void takesTwentyCharactersAndNotOneMore() {
        assertThat(Usernames.checked("username", "a".repeat(20))).hasSize(20);
        assertThatThrownBy(() -> Usernames.checked("username", "a".repeat(21))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "an\u200Bn", "an\u00ADn", "\u202Enna", "an\nn", "an\0n"})
    void refusesBlankAndInvisible(String name) {
        assertThatThrownBy(() -> Usernames.checked("username", name)).isInstanceOf(Refused.class);
    }

    @Test
    void wideAndUpperCaseLettersCountAsTheSame() {
        assertThat(Usernames.canonical("Ａnn ")).isEqualTo(Usernames.canonical("aNN"));
    }

    @Test
    void aPasswordHasEightTo128Characters() {
        Usernames.checkPassword("12345678");
        Usernames.checkPassword("1".repeat(128));
        assertThatThrownBy(() -> Usernames.checkPassword("1234567")).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Usernames.checkPassword("1".repeat(129))).isInstanceOf(Refused.class);
    }
}

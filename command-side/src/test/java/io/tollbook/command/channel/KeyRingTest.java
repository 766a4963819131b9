package io.tollbook.command.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelType;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingTest {
    private static String many(int keys) {
        return IntStream.range(0, keys).mapToObj(i -> "sk-" + i).collect(Collectors.joining("\n"));
    }

    private static String read(String pasted) {
        return KeyRing.read(ChannelType.OPENAI, true, pasted);
    }

    @Test
    void tenThousandPastedKeysLoseTheirBlanksAndDoubles() {
        String pasted = IntStream.range(0, 10_000)
                .mapToObj(i -> "  sk-" + i + " \r\n" + (i % 3 == 0 ? "\n" : "") + (i % 5 == 0 ? "sk-" + i + "\n" : ""))
                .collect(Collectors.joining());
        assertThat(read(pasted)).isEqualTo(many(10_000));
    }

    @Test
    void oneKeyMoreThanTenThousandIsTooMany() {
        assertThatThrownBy(() -> read(many(10_001)))
                .isInstanceOf(Refused.class)
                .hasMessage("A channel has at most 10000 keys; these are 10001.");
    }

    @Test
    void aMalformedKeyIsNamedByItsLineAndNeverShown() {
        String pasted = many(7_000) + "\n\nsk-two words\n" + many(10);
        assertThatThrownBy(() -> read(pasted))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("Line 7002: ")
                .hasMessageNotContaining("two words");
    }

    @ParameterizedTest
    @CsvSource({
        "sk-ant-api03-x, OPENAI, true, This is a key of Anthropic",
        "sk-proj-x, ANTHROPIC, true, This is a key of OpenAI",
        "sk-or-v1-x, DEEPSEEK, true, This is a key of OpenRouter",
        "AIzaSyX, OPENAI, true, This is a key of Gemini",
        "xai-x, OPENAI, true, This is a key of xAI",
        "sk-ü, OPENAI, false, a space or a character that no key has",
    })
    void aKeyOfAnotherVendorIsNotSentToThisOne(String key, ChannelType type, boolean toVendor, String why) {
        assertThatThrownBy(() -> KeyRing.read(type, toVendor, key))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"sk-ant-api03-x, ANTHROPIC, true", "sk-or-v1-x, OPENROUTER, true", "sk-ant-x, OPENAI, false"})
    void aKeyGoesToItsVendorOrThroughSomebodyElsesAddress(String key, ChannelType type, boolean toVendor) {
        assertThat(KeyRing.read(type, toVendor, key)).isEqualTo(key);
    }

    @Test
    void noKeyIsNoneButForTheDemo() {
        assertThatThrownBy(() -> read(" \n \n")).hasMessage("The channel needs a key.");
        assertThat(KeyRing.read(ChannelType.DEMO, true, "")).isEmpty();
    }
}

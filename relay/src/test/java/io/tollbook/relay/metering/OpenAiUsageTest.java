package io.tollbook.relay.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class OpenAiUsageTest {
    @Test
    void takesCachedTokensOutOfThePromptAndThinkingOutOfTheAnswer() {
        assertThat(read(
                        "{\"prompt_tokens\":100,\"completion_tokens\":50,\"prompt_tokens_details\":{\"cached_tokens\":80},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":30}}"))
                .contains(new Meters(
                        Map.of(Meter.INPUT, 20L, Meter.CACHE_READ, 80L, Meter.OUTPUT, 20L, Meter.REASONING, 30L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt_tokens\":100,\"completion_tokens\":5,\"prompt_cache_hit_tokens\":60}",
                "{\"prompt_tokens\":100,\"completion_tokens\":5,\"cached_tokens\":60}",
                "{\"prompt_tokens\":100,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":60}}"
            })
    void findsCachedTokensWhereverTheyStand(String usage) {
        assertThat(read(usage)).contains(new Meters(Map.of(Meter.INPUT, 40L, Meter.CACHE_READ, 60L, Meter.OUTPUT, 5L)));
    }

    @Test
    void addsThinkingThatStandsBesideTheAnswerOnlyWhereTheTotalProvesIt() {
        assertThat(read("{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":45,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":30}}"))
                .contains(new Meters(Map.of(Meter.INPUT, 10L, Meter.OUTPUT, 5L, Meter.REASONING, 30L)));
        assertThat(read("{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":30}}"))
                .isEmpty();
    }

    @Test
    void keepsTheLastValueThatIsNotZero() {
        OpenAiUsage usage = new OpenAiUsage();
        usage.read(JsonMapper.shared().readTree("{\"prompt_tokens\":10,\"completion_tokens\":1}"));
        usage.read(JsonMapper.shared().readTree("{\"prompt_tokens\":10,\"completion_tokens\":7}"));
        usage.read(JsonMapper.shared().readTree("{\"prompt_tokens\":0,\"completion_tokens\":0}"));

        assertThat(usage.meters()).contains(new Meters(Map.of(Meter.INPUT, 10L, Meter.OUTPUT, 7L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"prompt_tokens\":0,\"completion_tokens\":0}",
                "{\"prompt_tokens\":-1,\"completion_tokens\":5}",
                "{\"prompt_tokens\":1.5,\"completion_tokens\":5}",
                "{\"prompt_tokens\":\"10\",\"completion_tokens\":5}",
                "{\"prompt_tokens\":1000000001,\"completion_tokens\":5}",
                "{\"prompt_tokens\":1e300,\"completion_tokens\":5}",
                "{\"prompt_tokens\":10,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":11}}"
            })
    void believesNothingThatCannotBe(String usage) {
        assertThat(read(usage)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"prompt_tokens\":1000000000,\"completion_tokens\":5.0}"})
    void takesTheLargestCountAndWholeNumbersWithAPoint(String usage) {
        assertThat(read(usage)).isPresent();
    }

    private static Optional<Meters> read(String json) {
        OpenAiUsage usage = new OpenAiUsage();
        usage.read(JsonMapper.shared().readTree(json));
        return usage.meters();
    }
}

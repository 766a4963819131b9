package io.tollbook.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.account.AttemptCost;
import io.tollbook.kernel.account.Conversion;
import io.tollbook.kernel.account.Dialect;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.channel.ChannelId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTextsTest {
    @Test
    void metersReadAsTheyWereWritten() {
        for (Meters meters :
                List.of(Meters.NONE, new Meters(Map.of(Meter.INPUT, 1L, Meter.REASONING, Meters.COUNT_MAX))))
            assertThat(CallTexts.meters(CallTexts.write(meters))).isEqualTo(meters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpt", "a \"quoted\" name", "back\\slash", "tab\tand\nline", "モデル"})
    void attemptsReadAsTheyWereWritten(String model) {
        List<Attempt> attempts = List.of(
                new Attempt(new ChannelId(1), model, Attempt.Outcome.FAILED, 500, 12),
                new Attempt(
                        new ChannelId(2),
                        model,
                        Attempt.Outcome.CUT,
                        200,
                        7,
                        new Conversion(Dialect.CLAUDE, Dialect.OPENAI_CHAT)),
                new Attempt(new ChannelId(3), model, Attempt.Outcome.FAILED, 500, 12, null, AttemptCost.REFUSED),
                new Attempt(
                        new ChannelId(4),
                        model,
                        Attempt.Outcome.ANSWERED,
                        200,
                        7,
                        new Conversion(Dialect.GEMINI, Dialect.OPENAI_CHAT),
                        new AttemptCost(Long.MAX_VALUE, 9, AttemptCost.Basis.ESTIMATED)),
                new Attempt(new ChannelId(Long.MAX_VALUE), model, Attempt.Outcome.ANSWERED, 200, 1L << 40));
        assertThat(CallTexts.attempts(CallTexts.write(attempts))).isEqualTo(attempts);
        assertThat(CallTexts.attempts(CallTexts.write(List.<Attempt>of()))).isEmpty();
    }
}

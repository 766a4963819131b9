package io.tollbook.kernel.pricing.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Meters MANY = new Meters(Map.of(
            Meter.INPUT, 1_000L,
            Meter.CACHE_READ, 200L,
            Meter.CACHE_WRITE_5M, 30L,
            Meter.CACHE_WRITE_1H, 4L,
            Meter.IMAGE_INPUT, 50L,
            Meter.AUDIO_INPUT, 60L,
            Meter.OUTPUT, 700L,
            Meter.REASONING, 80L,
            Meter.AUDIO_OUTPUT, 9L,
            Meter.IMAGE_OUTPUT, 1L));

    /** Saturday, 17:30 in UTC and already Sunday in Tokyo. */
    private record Request(Map<String, String> headers, Map<String, Object> body) implements Circumstances {
        @Override
        public Instant at() {
            return Instant.parse("2030-06-15T17:30:00Z");
        }

        @Override
        public @Nullable String header(String name) {
            return headers.get(name);
        }

        @Override
        public @Nullable Object param(String path) {
            return body.get(path);
        }

        @Override
        public String picture() {
            return "";
        }
    }

    private static final Request FAST = new Request(
            Map.of("anthropic-beta", "fast-mode-2026,other"),
            Map.of("service_tier", "priority", "n", new BigDecimal("3"), "deep", true));

    private static String value(String text, Circumstances circumstances) {
        Expression expression = Expression.of(text);
        expression.check();
        return expression.evaluate(MANY, circumstances).amount().toString();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            p                                      => 1344
            p + cr                                 => 1344
            p + 0 * cr                             => 1144
            p + 0 * (cr + cc)                      => 1110
            cc                                     => 34
            cc + 0 * cc1h                          => 30
            cc1h                                   => 4
            img + ai * 10                          => 650
            c                                      => 790
            c + 0 * ao                             => 781
            c + 0 * (ao + img_o)                   => 780
            len                                    => 1344
            c * .5 + 1e2                           => 495
            p / 3 * 3                              => 1344
            c / 3                                  => 790/3
            2 + 3 * 4 - 6 / 2 % 2                  => 13
            (2 + 3) * 4                            => 20
            10 - 2 - 3                             => 5
            max(1, c, 3) + min(2, 1)               => 791
            abs(0 - 3) + ceil(1.2) + floor(1.8)    => 6
            len > 1344 ? 1 : len >= 1344 ? 2 : 3   => 2
            !(1 == 2) && (1 != 1 || true) ? 5 : 6  => 5
            hour() * 100 + minute()                => 1730
            weekday()                              => 6
            weekday("Asia/Tokyo") + 1              => 1
            month() * 100 + day("Asia/Tokyo")      => 616
            header("Anthropic-Beta") == nil ? 1 : 2 => 2
            has(header("anthropic-beta"), "fast-mode") ? 6 : 1 => 6
            param("service_tier") == "priority" ? 2 : 1 => 2
            param("n") * 4                         => 12
            param("service_tier") * 4              => 0
            param("deep") ? 7 : 8                  => 7
            param("none") > 3 ? 7 : 8              => 8
            (len > 5 ? "a" : "b") == "a" ? 7 : 8   => 7
            (len > 5 ? param("n") : param("m")) * 2 => 6
            v1:tier("base", p * 1)                 => 1344
            tier("a", 10)|||when(header("anthropic-beta") has "fast-mode") * 6 => 60
            tier("a", 10)|||when(param("n") == 3) * 2|||when(param("n") == 4) * 5 => 20
            tier("a", 10)|||when(param("n") == 3) * 2|when(true) * 0.5 => 10
            """)
    void isWorth(String text, String expected) {
        assertThat(value(text, FAST)).isEqualTo(expected);
    }

    @Test
    void namesTheTierThatApplied() {
        Expression expression = Expression.of("len <= 1343 ? tier(\"short\", p) : tier(\"long\", p * 2)");
        assertThat(expression.evaluate(MANY, FAST).tier()).isEqualTo("long");
        assertThat(expression
                        .evaluate(new Meters(Map.of(Meter.INPUT, 1_343L)), FAST)
                        .tier())
                .isEqualTo("short");
        assertThat(Expression.of("p").evaluate(MANY, FAST).tier()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            ``                                  => empty
            p *                                 => ends too early
            p p                                 => “p” at character 3
            (p                                  => ends where “)”
            p + $                               => character 5
            foo * 2                             => names foo
            exec("rm")                          => calls exec
            tier(p, 2)                          => text in quotes
            tier("a")                           => gives tier 1 values
            p ? 1 : 2                           => needs a condition
            "a" * 2                             => needs a number
            p > 1                               => needs a number
            hour("Mars/Olympus")                => Mars/Olympus
            1e99                                => too many digits
            p|||c                               => “when” is expected
            p / c                               => zero
            p / 0                               => zero
            p % len                             => zero
            1 / (param("n") + 1)                => zero
            p > 5 ? 1 / (p - 5) : 0             => zero
            p - 1                               => negative
            p - c * 2                           => negative
            10 - len / 1000                     => negative
            header("x") == "y" ? 0 - 1 : 1      => negative
            p * p * p                           => runs away
            p * 1e9                             => runs away
            (len > 5 ? 1 : "a") == "a" ? p : 0  => different kinds
            (len > 5 ? "a" : param("n")) == "a" ? p : 0 => different kinds
            (len > 5 ? nil : len > 6) ? p : 0   => different kinds
            (p * (len > 5 ? 1 : param("n")))    => different kinds
            """)
    void isRefused(@Nullable String text, String reason) {
        assertThatThrownBy(() -> Expression.of(text == null ? "" : text).check())
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.refusal()).isEqualTo(Refusal.INVALID);
                    assertThat(refused.getMessage()).contains(reason);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "!", "max(", "p+", "1?1:", "p*"})
    void isRefusedBeforeItGrowsTooLarge(String part) {
        String tail = part.equals("max(") ? "1" : "p";
        assertThatThrownBy(() -> Expression.of(part.repeat(1_200) + tail)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Expression.of(part.repeat(5_000) + tail))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("4000 characters");
    }

    /** A condition on it cannot be bounded, so none is published any more; those that were are still read. */
    @Test
    void aStoredChoiceBetweenKindsIsStillRead() {
        Expression expression = Expression.of("(len > 5 ? 1 : \"a\") == \"a\" ? p : 2");
        assertThat(expression.evaluate(MANY, FAST).amount()).isEqualTo(Fraction.of(2));
    }

    @Test
    void choicesThatAreNestedDeepAreReadAtOnce() {
        String text = "p > 1 ? ".repeat(50) + "p" + " : 1".repeat(50);
        Expression expression = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            Expression read = Expression.of(text);
            read.check();
            return read;
        });
        assertThat(expression.most(1_000, 1, FAST)).isEqualTo(Fraction.of(1_001));
    }

    @Test
    void dividesByWhatCannotBeZero() {
        assertThat(value("p / max(len, 1)", FAST)).isEqualTo("1");
        assertThat(value("6 / (hour() + 1)", FAST)).isEqualTo("1/3");
        assertThat(value("12 / month()", FAST)).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p * 3 + c * 15 + cr * 0.3 + cc * 3.75 + cc1h * 6",
                "len <= 200000 ? tier('a', p * 3 + c * 15 + cr * 0.3) : tier('b', p * 6 + c * 22.5 + cr * 0.6)",
                "max(p * 2, c * 3) + min(cr, c) + abs(p - c)",
                "(p + 5) * (c + 2) / max(len, 1) + ceil(p / 7) + floor(ai / 3) * 2 + len % 97",
                "(p * 2 + c)|||when(param(\"n\") == 3) * 2",
                "img * 2 - floor(img / 3) + (img > 40 ? 100 : 0) + ao * 9 - ao",
            })
    void theMostIsNeverExceeded(String text) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Expression expression = Expression.of(text);
        for (int i = 0; i < 2_000; i++) {
            Map<Meter, Long> counts = new HashMap<>();
            int size = random.nextBoolean() ? 100 : 300_000;
            for (Meter meter : Meter.values()) if (random.nextBoolean()) counts.put(meter, (long) random.nextInt(size));
            Meters meters = new Meters(counts);
            long spare = random.nextInt(50);

            Fraction value = expression.evaluate(meters, FAST).amount();
            Fraction most = expression.most(meters.promptTokens() + spare, meters.completionTokens() + spare, FAST);

            assertThat(most).as("seed %d, case %d: %s", seed, i, counts).isGreaterThanOrEqualTo(value);
        }
    }

    @Test
    void aPromptIsReckonedOnceAtItsDearestPrice() {
        Expression expression = Expression.of("p * 3 + c * 15 + cr * 0.3 + cc * 3.75");
        assertThat(expression.most(1_000, 100, FAST)).isEqualTo(Fraction.of(3_750 + 1_500));
    }

    @Test
    void aTierThatThePromptCannotReachIsNotReckoned() {
        Expression expression = Expression.of("len <= 200000 ? p * 3 + c : p * 6 + c * 2");
        assertThat(expression.most(200_000, 10, FAST)).isEqualTo(Fraction.of(600_010));
        assertThat(expression.most(200_001, 10, FAST)).isEqualTo(Fraction.of(6 * 200_001 + 20));
    }
}

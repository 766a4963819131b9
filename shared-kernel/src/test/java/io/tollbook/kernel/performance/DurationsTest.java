package io.tollbook.kernel.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.account.Attempt;
import io.tollbook.kernel.channel.ChannelId;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Durations in buckets, and what can be said of them all the same. */
class DurationsTest {
    private static Durations of(long... millis) {
        long[] counts = new long[DurationBuckets.COUNT];
        for (long one : millis) counts[DurationBuckets.of(one)]++;
        return new Durations(counts);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # millis, from,     to
               0,    0,     10
               9,    0,     10
              10,   10,     13
              12,   10,     13
              13,   13,     16
             999,  800,   1000
            1000, 1000,   1250
            1249, 1000,   1250
            1250, 1250,   1600
          999999, 800000, 1000000
        """)
    void aDurationLiesInItsBucket(long millis, long from, long to) {
        int bucket = DurationBuckets.of(millis);
        assertThat(DurationBuckets.from(bucket)).isEqualTo(from);
        assertThat(DurationBuckets.to(bucket)).isEqualTo(to);
    }

    @Test
    void bucketsHaveNeitherGapsNorOverlaps() {
        for (int bucket = 0; bucket < DurationBuckets.COUNT; bucket++) {
            assertThat(DurationBuckets.of(DurationBuckets.from(bucket))).isEqualTo(bucket);
            assertThat(DurationBuckets.from(bucket)).isLessThan(DurationBuckets.to(bucket));
            if (bucket > 0) assertThat(DurationBuckets.from(bucket)).isEqualTo(DurationBuckets.to(bucket - 1));
        }
        assertThat(DurationBuckets.of(1_000_000)).isEqualTo(DurationBuckets.COUNT - 1);
        assertThat(DurationBuckets.of(Long.MAX_VALUE)).isEqualTo(DurationBuckets.COUNT - 1);
    }

    @Test
    void percentilesAreOffByLessThanAQuarter() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long[] millis = random.doubles(5_000, 1, 5.9)
                .mapToLong(power -> (long) Math.pow(10, power))
                .sorted()
                .toArray();
        Durations durations = of(millis);
        for (int percent : new int[] {1, 50, 90, 95, 99, 100}) {
            long exact = millis[(int) Math.ceilDiv((long) millis.length * percent, 100L) - 1];
            assertThat((double) durations.percentile(percent).orElseThrow())
                    .as("%s %%, seed %s", percent, seed)
                    .isBetween(exact * 0.75, exact * 1.31);
        }
    }

    @Test
    void percentilesOfMergedHoursAreThoseOfAllTheirCalls() {
        assertThat(of(20, 30).plus(of(4_000))).isEqualTo(of(20, 30, 4_000));
        assertThat(of(20, 30).plus(of(4_000)).percentile(50)).isEqualTo(of(30).percentile(100));
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(Durations.NONE.percentile(50)).isEmpty();
        assertThatThrownBy(() -> of(1).percentile(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(1).percentile(101)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofTheLongestOnlyThatIsKnown() {
        assertThat(of(5_000_000).percentile(50)).hasValue(1_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void everyResultIsKnownByItsNumber(AttemptResult result) {
        assertThat(AttemptResult.numbered(result.number())).isEqualTo(result);
        assertThat(result.number()).isLessThan(AttemptResult.values().length);
    }

    @ParameterizedTest
    @CsvSource({
        "399, PROVIDER_FAILED", "400, REQUEST_REFUSED", "401, KEY_REFUSED", "403, KEY_REFUSED", "404, PROVIDER_FAILED",
        "408, TIMED_OUT", "413, REQUEST_REFUSED", "422, REQUEST_REFUSED", "428, PROVIDER_FAILED", "429, RATE_LIMITED",
        "500, PROVIDER_FAILED", "529, PROVIDER_FAILED"
    })
    void aStatusSaysWhoseFaultItIs(int status, AttemptResult result) {
        assertThat(AttemptResult.of(new Attempt(new ChannelId(1), "m", Attempt.Outcome.FAILED, status, 1)))
                .isEqualTo(result);
    }

    @Test
    void whatSaysNothingAboutAChannelDoesNotCount() {
        CallFigures figures = new CallFigures(
                1,
                Map.of(
                        AttemptResult.ANSWERED, 3L,
                        AttemptResult.RATE_LIMITED, 1L,
                        AttemptResult.CANCELLED, 50L,
                        AttemptResult.UNKNOWN, 50L,
                        AttemptResult.REQUEST_REFUSED, 50L),
                of(10, 20, 30),
                Durations.NONE,
                300,
                1_500);
        assertThat(figures.successRate()).hasValue(0.75);
        assertThat(figures.answeredShare()).hasValue(0.75);
        assertThat(figures.tokensPerSecond()).hasValue(200);
        assertThat(CallFigures.NONE.successRate()).isEmpty();
        assertThat(CallFigures.NONE.tokensPerSecond()).isEmpty();
        assertThat(Arrays.stream(AttemptResult.values()).filter(AttemptResult::isOfChannel))
                .hasSize(8);
    }
}

package io.tollbook.kernel.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollbook.kernel.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        # step, zone,                moment,                    start,                 next
          DAY,   UTC,                 2028-02-29T23:59:59.999Z,  2028-02-29T00:00:00Z,  2028-03-01T00:00:00Z
          DAY,   UTC,                 2028-03-01T00:00:00Z,      2028-03-01T00:00:00Z,  2028-03-02T00:00:00Z
          DAY,   Europe/Berlin,       2027-03-28T12:00:00Z,      2027-03-27T23:00:00Z,  2027-03-28T22:00:00Z
          DAY,   Europe/Berlin,       2027-10-31T12:00:00Z,      2027-10-30T22:00:00Z,  2027-10-31T23:00:00Z
          DAY,   Asia/Kolkata,        2027-01-01T18:29:59.999Z,  2026-12-31T18:30:00Z,  2027-01-01T18:30:00Z
          DAY,   Asia/Kolkata,        2027-01-01T18:30:00Z,      2027-01-01T18:30:00Z,  2027-01-02T18:30:00Z
          DAY,   Asia/Kathmandu,      2027-01-01T18:15:00Z,      2027-01-01T18:15:00Z,  2027-01-02T18:15:00Z
          DAY,   America/Havana,      2027-03-14T12:00:00Z,      2027-03-14T05:00:00Z,  2027-03-15T04:00:00Z
          WEEK,  Europe/Berlin,       2027-03-28T12:00:00Z,      2027-03-21T23:00:00Z,  2027-03-28T22:00:00Z
          MONTH, Europe/Berlin,       2027-03-28T12:00:00Z,      2027-02-28T23:00:00Z,  2027-03-31T22:00:00Z
          MONTH, UTC,                 2028-02-29T23:59:59.999Z,  2028-02-01T00:00:00Z,  2028-03-01T00:00:00Z
          HOUR,  Europe/Berlin,       2027-10-31T00:30:00Z,      2027-10-31T00:00:00Z,  2027-10-31T01:00:00Z
          HOUR,  Asia/Kolkata,        2027-01-01T18:45:00Z,      2027-01-01T18:30:00Z,  2027-01-01T19:30:00Z
          HOUR,  Australia/Lord_Howe, 2027-04-03T14:45:00Z,      2027-04-03T14:00:00Z,  2027-04-03T15:00:00Z
          HOUR,  Australia/Lord_Howe, 2027-10-02T15:40:00Z,      2027-10-02T15:30:00Z,  2027-10-02T16:00:00Z
        """)
    void aPeriodGoesByTheClockOfItsZone(Step step, ZoneId zone, Instant moment, Instant start, Instant next) {
        assertThat(step.start(moment, zone)).isEqualTo(start);
        assertThat(step.next(start, zone)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo"})
    void periodsFollowEachOtherWithoutAGap(ZoneId zone) {
        for (Step step : Step.values()) {
            Instant from = Instant.parse("2027-03-01T10:20:30Z");
            List<Instant> bounds = step.periods(from, from.plus(Duration.ofDays(300)), zone);
            for (int i = 1; i < bounds.size(); i++) {
                assertThat(step.start(bounds.get(i).minusMillis(1), zone)).isEqualTo(bounds.get(i - 1));
                assertThat(step.start(bounds.get(i), zone)).isEqualTo(bounds.get(i));
            }
        }
    }

    @Test
    void tooManyPeriodsAreRefused() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Duration most = Duration.ofHours(Step.PERIODS_MAX);
        assertThat(Step.HOUR.periods(from, from.plus(most), ZoneOffset.UTC)).hasSize(Step.PERIODS_MAX + 1);
        assertThatThrownBy(() -> Step.HOUR.periods(from, from.plus(most).plusNanos(1), ZoneOffset.UTC))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("Choose a shorter one");
    }

    @Test
    void aClockBetweenTheQuartersIsRefused() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Step.DAY.periods(from, from, ZoneId.of("+05:45"))).hasSize(2);
        assertThatThrownBy(() -> Step.DAY.periods(from, from, ZoneId.of("+05:50")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("quarters of an hour");
    }
}

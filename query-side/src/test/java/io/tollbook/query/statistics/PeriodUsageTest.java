package io.tollbook.query.statistics;

import static io.tollbook.query.TestSystem.ask;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Step;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.UserId;
import io.tollbook.query.Calls;
import io.tollbook.query.TestSystem;
import io.tollbook.query.readmodel.ReadModelNames;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of any zone and period are the sums of the log's rows, around every moment at which that could go wrong. */
class PeriodUsageTest {
    private static final long ID = TestSystem.number();
    private static final UserId USER = new UserId(ID);
    private static final long SEED = new Random().nextLong();
    private static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2028-03-05T00:00:00Z");

    /** The clock is changed in Berlin and on Lord Howe, a leap day, ends of days and months at full and other hours. */
    private static final List<Instant> EDGES = List.of(
            Instant.parse("2027-03-28T01:00:00Z"),
            Instant.parse("2027-10-31T01:00:00Z"),
            Instant.parse("2027-04-03T15:00:00Z"),
            Instant.parse("2027-10-02T15:30:00Z"),
            Instant.parse("2028-02-29T00:00:00Z"),
            Instant.parse("2028-03-01T00:00:00Z"),
            Instant.parse("2027-06-30T18:30:00Z"),
            Instant.parse("2027-06-30T18:15:00Z"),
            Instant.parse("2027-12-31T23:00:00Z"),
            Instant.parse("2028-01-01T00:00:00Z"));

    private static List<LogRow> rows = List.of();

    @BeforeAll
    static void calls() {
        Random random = new Random(SEED);
        List<EventMessage<?>> events = new ArrayList<>();
        for (Instant edge : EDGES) {
            for (long millis : new long[] {-1, 0, 1, 59_999, -60_000, -900_000, 900_000, 1_799_999, 1_800_000})
                events.add(call(edge.plusMillis(millis), random, events.size()));
            for (int i = 0; i < 40; i++)
                events.add(call(
                        edge.plusMillis(random.nextLong(
                                -Duration.ofHours(30).toMillis(),
                                Duration.ofHours(30).toMillis())),
                        random,
                        events.size()));
        }
        TestSystem.bean(EventStore.class).publish(events);
        TestSystem.caughtUp();
        rows = ask(new LogRowsBefore(LogFilter.of(USER), Long.MAX_VALUE, 1_000));
    }

    private static EventMessage<?> call(Instant at, Random random, int number) {
        long charged = random.nextLong(1, 1_000_000);
        Meters meters =
                new Meters(Map.of(Meter.INPUT, random.nextLong(1, 5_000), Meter.OUTPUT, random.nextLong(1, 5_000)));
        return new GenericEventMessage<>(
                java.util.UUID.randomUUID().toString(),
                Calls.settled(ID, ID, ID + "-" + number, charged, charged, 0, meters),
                MetaData.emptyInstance(),
                at);
    }

    /** Worked out from the local date and clock alone. */
    private static String label(Instant at, Step step, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        LocalDate date = local.toLocalDate();
        return switch (step) {
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toLocalDateTime() + " " + local.getOffset();
            case DAY -> date.toString();
            case WEEK ->
                date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
            case MONTH -> date.withDayOfMonth(1).toString();
        };
    }

    private static LogFilter between(Instant from, Instant to) {
        return LogFilter.of(USER).between(from, to.minusNanos(1_000));
    }

    private static Map<String, Usage> ofRows(Step step, ZoneId zone, Instant from, Instant to) {
        Map<String, Usage> sums = new TreeMap<>();
        for (LogRow row : rows)
            if (!row.at().isBefore(from) && row.at().isBefore(to))
                sums.merge(label(row.at(), step, zone), used(row), Usage::plus);
        return sums;
    }

    private static Usage used(LogRow row) {
        return new Usage(1, row.meters().promptTokens(), row.meters().completionTokens(), row.quota());
    }

    private static Map<String, Usage> ofHours(Step step, ZoneId zone, Instant from, Instant to) {
        Map<String, Usage> sums = new TreeMap<>();
        for (PeriodUsage one : ask(UsageOver.by(step, between(from, to), zone, Set.of(Dimension.MODEL))))
            sums.merge(label(one.start(), step, zone), one.used(), Usage::plus);
        return sums;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Asia/Kolkata",
                "+05:30",
                "Asia/Kathmandu",
                "Australia/Lord_Howe",
                "Pacific/Chatham",
                "Pacific/Kiritimati",
                "Pacific/Apia",
                "Africa/Casablanca"
            })
    void everyPeriodIsTheSumOfItsRows(ZoneId zone) {
        for (Step step : List.of(Step.DAY, Step.WEEK, Step.MONTH))
            assertThat(ofHours(step, zone, FROM, TO))
                    .as("%s, seed %s", step, SEED)
                    .isEqualTo(ofRows(step, zone, FROM.minus(Duration.ofDays(40)), TO.plus(Duration.ofDays(40))));
        for (Instant edge : EDGES) {
            Instant from = Step.HOUR.start(edge.minus(Duration.ofHours(40)), zone);
            Instant to = Step.HOUR.start(edge.plus(Duration.ofHours(40)), zone);
            assertThat(ofHours(Step.HOUR, zone, from, to))
                    .as("hours around %s, seed %s", edge, SEED)
                    .isEqualTo(ofRows(Step.HOUR, zone, from, to));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kolkata", "Pacific/Chatham"})
    void totalsByMonthAreTheTotalByRange(ZoneId zone) {
        Usage whole = ofRows(Step.MONTH, zone, Instant.EPOCH, Instant.MAX).values().stream()
                .reduce(Usage.NONE, Usage::plus);
        for (Step step : List.of(Step.DAY, Step.WEEK, Step.MONTH))
            assertThat(ofHours(step, zone, FROM, TO).values().stream().reduce(Usage.NONE, Usage::plus))
                    .isEqualTo(whole);
    }

    @Test
    void theLastMillisecondOfALeapDayLandsInItOnly() {
        Instant midnight = Instant.parse("2028-03-01T00:00:00Z");
        Instant from = midnight.minus(Duration.ofMinutes(15));
        Map<String, Usage> days = ofHours(Step.DAY, ZoneOffset.UTC, from, midnight);
        assertThat(days).containsOnlyKeys("2028-02-29");
        assertThat(days).isEqualTo(ofRows(Step.DAY, ZoneOffset.UTC, from, midnight));
    }

    /** A range may begin and end within a day, as a week of the dashboard does. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Asia/Kolkata", "Pacific/Apia"})
    void whatLiesBesideTheRangeIsInNoPeriod(ZoneId zone) {
        for (Instant edge : EDGES)
            for (int quarters : new int[] {-3, 1, 37}) {
                Instant from = edge.plus(Duration.ofMinutes(15L * quarters));
                Instant to = from.plus(Duration.ofHours(33));
                for (Step step : Step.values())
                    assertThat(ofHours(step, zone, from, to).values().stream().reduce(Usage.NONE, Usage::plus))
                            .as("%s from %s, seed %s", step, from, SEED)
                            .isEqualTo(ofRows(step, zone, from, to).values().stream()
                                    .reduce(Usage.NONE, Usage::plus));
            }
    }

    @Test
    void aRebuildGivesTheSameSums() {
        List<String> before = TestSystem.contents().get("hourly_usage");
        TestSystem.rebuild(ReadModelNames.STATISTICS);
        assertThat(TestSystem.contents().get("hourly_usage")).isEqualTo(before);
    }
}

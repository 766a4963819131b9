package io.tollbook.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.console.page.Chart;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Step;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.statistics.UsagePart;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What charts draw: every figure in one place, and a link for it that names no other. */
class UsageSeriesTest {
    private static final Instant FROM = Instant.parse("2027-03-01T00:00:00Z");
    private static final UsageRange RANGE = new UsageRange(
            FROM, FROM.plus(Duration.ofDays(3)), FROM.plus(Duration.ofDays(9)), Step.DAY, ZoneOffset.UTC);

    private static PeriodUsage used(int day, String user, String model, long calls, long quota) {
        return new PeriodUsage(
                FROM.plus(Duration.ofDays(day)),
                new UsagePart(user.length(), user, 0, "", "default", model, 4, "main"),
                new Usage(calls, 10 * calls, calls, Quota.of(quota)));
    }

    private static final List<PeriodUsage> USED = List.of(
            used(0, "ann", "small", 5, 10),
            used(0, "ann", "large", 1, 900),
            used(2, "ann", "small", 7, 20),
            used(2, "boris", "middle", 2, 100),
            used(2, "boris", "tiny", 1, 1));

    private static UsageSeries series(Metric metric, int top) {
        return new UsageSeries(USED, Stage.MODEL, UsageSeries.biggest(USED, Stage.MODEL, metric, top), RANGE);
    }

    @Test
    void theBiggestByTheFigureAreNamedAndTheRestIsTheLast() {
        UsageSeries byCost = series(Metric.COST, 2);
        assertThat(byCost.lines())
                .extracting(line -> line.part().label())
                .containsExactly("large", "middle", "other models");
        assertThat(byCost.lines().getLast().part().filters())
                .containsExactly(java.util.Map.entry("not-model", "large,middle"));
        assertThat(series(Metric.CALLS, 2).lines())
                .extracting(line -> line.part().label())
                .containsExactly("small", "middle", "other models");
    }

    @Test
    void aRestOfOneIsNamed() {
        assertThat(series(Metric.COST, 3).lines())
                .extracting(line -> line.part().label())
                .containsExactly("large", "middle", "small", "tiny");
    }

    @Test
    void howeverManyAreNamedTheTotalIsTheSame() {
        for (int top : new int[] {1, 2, 3, 10}) {
            assertThat(series(Metric.COST, top).total()).isEqualTo(new Usage(16, 160, 16, Quota.of(1_031)));
            assertThat(series(Metric.COST, top).rows().stream()
                            .map(UsageSeries.Row::used)
                            .reduce(Usage.NONE, Usage::plus))
                    .isEqualTo(new Usage(16, 160, 16, Quota.of(1_031)));
        }
    }

    @Test
    void aDayWithoutUseHasAPlace() {
        assertThat(series(Metric.CALLS, 9).marks())
                .extracting(Chart.Mark::name)
                .containsExactly("2027-03-01", "2027-03-02", "2027-03-03");
        assertThat(series(Metric.CALLS, 9).lines(Metric.CALLS).getFirst().values())
                .containsExactly(5L, 0L, 7L);
    }

    /** Both hours that the clock of Berlin shows as two in October are there, and a week cut off at both ends. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        # step, zone,           from,                 end,                  times
          HOUR, Europe/Berlin,  2027-10-30T22:00:00Z, 2027-10-31T23:00:00Z, 25
          HOUR, Europe/Berlin,  2027-03-27T23:00:00Z, 2027-03-28T22:00:00Z, 23
          DAY,  Europe/Berlin,  2027-10-30T22:00:00Z, 2027-10-31T23:00:00Z, 1
          WEEK, Europe/Berlin,  2027-10-26T22:00:00Z, 2027-11-02T23:00:00Z, 2
          HOUR, Asia/Kolkata,   2027-06-30T18:30:00Z, 2027-07-01T18:30:00Z, 24
          DAY,  Pacific/Apia,   2027-06-30T11:00:00Z, 2027-07-03T11:00:00Z, 3
          DAY,  Asia/Kathmandu, 2027-06-30T12:00:00Z, 2027-07-03T12:00:00Z, 4
        """)
    void timesFollowEachOtherFromTheBeginningToTheEnd(Step step, ZoneId zone, Instant from, Instant end, int count) {
        UsageRange range = new UsageRange(from, end, end.plusSeconds(9), step, zone);
        List<UsageRange.Time> times = range.times();
        assertThat(times).hasSize(count);
        assertThat(times.getFirst().since()).isEqualTo(from);
        assertThat(times.getLast().before()).isEqualTo(end);
        for (int i = 1; i < count; i++)
            assertThat(times.get(i).since()).isEqualTo(times.get(i - 1).before());
        assertThat(times)
                .extracting(UsageRange.Time::since)
                .isEqualTo(UsageOver.by(step, LogFilter.of(null).between(from, range.last()), zone, Set.of())
                        .starts());
    }

    @Test
    void whatHasNotBegunIsNotDrawn() {
        Instant now = FROM.plus(Duration.ofHours(30));
        assertThat(new UsageRange(FROM, FROM.plus(Duration.ofDays(7)), now, Step.DAY, ZoneOffset.UTC).times())
                .hasSize(2);
        assertThat(new UsageRange(FROM, now, now, Step.DAY, ZoneOffset.UTC)
                        .times()
                        .getLast()
                        .before())
                .isEqualTo(now);
    }

    @Test
    void whatFlowsInFlowsOut() {
        List<Stage> stages = List.of(Stage.USER, Stage.MODEL, Stage.CHANNEL);
        for (int top : new int[] {1, 2, 10}) {
            Flow flow = new Flow(USED, stages, Metric.COST, top);
            List<Chart.Node> nodes = flow.nodes(stages);
            List<Chart.Link> links = flow.links(Metric.COST);
            for (int i = 0; i < nodes.size(); i++) {
                int node = i;
                long in = links.stream()
                        .filter(link -> link.target() == node)
                        .mapToLong(Chart.Link::value)
                        .sum();
                long out = links.stream()
                        .filter(link -> link.source() == node)
                        .mapToLong(Chart.Link::value)
                        .sum();
                long used = flow.used(flow.nodes().get(i)).quota().units();
                if (nodes.get(i).stage() > 0) assertThat(in).isEqualTo(used);
                if (nodes.get(i).stage() < 2) assertThat(out).isEqualTo(used);
            }
            assertThat(links.stream()
                            .filter(link -> nodes.get(link.target()).stage() == 2)
                            .mapToLong(Chart.Link::value)
                            .sum())
                    .isEqualTo(1_031);
        }
    }

    @Test
    void theRestOfAFlowIsTheLastOfItsStage() {
        List<Stage> stages = List.of(Stage.USER, Stage.MODEL);
        List<String> labels = new ArrayList<>();
        for (Flow.Node node : new Flow(USED, stages, Metric.CALLS, 1).nodes())
            labels.add(node.part().label());
        assertThat(labels).containsExactly("ann", "boris", "small", "other models");
    }
}

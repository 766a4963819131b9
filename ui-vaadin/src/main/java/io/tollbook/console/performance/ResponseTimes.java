package io.tollbook.console.performance;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Chart;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.performance.CallFigures;
import io.tollbook.kernel.performance.CallPerformance;
import io.tollbook.kernel.performance.CallPerformanceOver;
import io.tollbook.kernel.performance.DurationBuckets;
import io.tollbook.kernel.performance.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be drawn of the periods of a range, those without calls too. */
final class ResponseTimes {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final int[] PERCENTS = {50, 95, 99};

    private record Period(Instant start, CallFigures figures) {}

    private final List<Period> periods = new ArrayList<>();
    private final Duration length;
    private final LogAddress address;
    private final String words;

    ResponseTimes(CallPerformanceOver over, List<CallPerformance> found, LogAddress address, String words) {
        this.address = address;
        this.words = words;
        length = Duration.ofHours(over.hours());
        Map<Instant, CallFigures> known =
                found.stream().collect(Collectors.toMap(CallPerformance::start, CallPerformance::figures));
        for (Instant start = over.first(); start.isBefore(over.to()); start = start.plus(length))
            periods.add(new Period(start, known.getOrDefault(start, CallFigures.NONE)));
    }

    private List<Chart.Mark> times() {
        return periods.stream()
                .map(period -> new Chart.Mark(
                        label(period), LogAddress.query(LogAddress.range(period.start, end(period))), false))
                .toList();
    }

    private Instant end(Period period) {
        return period.start.plus(length);
    }

    private static String label(Period period) {
        return TIME.format(period.start.atZone(Moments.zone()));
    }

    private List<Chart.Line> lines(int[] percents, Function<CallFigures, Durations> durations, String of) {
        List<Chart.Line> lines = new ArrayList<>();
        for (int percent : percents) {
            List<@Nullable Long> values = new ArrayList<>();
            for (Period period : periods) {
                OptionalLong millis = durations.apply(period.figures).percentile(percent);
                values.add(millis.isEmpty() ? null : millis.getAsLong());
            }
            lines.add(new Chart.Line(new Chart.Mark(of + "p" + percent, "", false), values));
        }
        return lines;
    }

    Component percentiles() {
        List<Chart.Line> lines = new ArrayList<>(lines(PERCENTS, CallFigures::responseTimes, ""));
        lines.addAll(lines(new int[] {50}, CallFigures::firstBytes, "first byte "));
        return new Chart(
                        "percentiles-chart",
                        "How long calls took, " + words + ". The button Table shows the figures.",
                        Chart.Unit.MILLIS,
                        address.toString())
                .over(times(), Chart.Shape.LINES, lines);
    }

    Component success() {
        List<@Nullable Long> values = new ArrayList<>();
        for (Period period : periods) {
            OptionalDouble rate = period.figures.successRate();
            values.add(rate.isEmpty() ? null : (long) (rate.getAsDouble() * 1_000));
        }
        return new Chart(
                        "success-chart",
                        "Share of attempts that were answered, " + words + ". The button Table shows the figures.",
                        Chart.Unit.PERMILLE,
                        address.toString())
                .over(
                        times(),
                        Chart.Shape.LINES,
                        List.of(new Chart.Line(new Chart.Mark("answered", "", false), values)));
    }

    Component heat() {
        int lowest = DurationBuckets.COUNT;
        int highest = 0;
        for (Period period : periods)
            for (int bucket = 0; bucket < DurationBuckets.COUNT; bucket++)
                if (period.figures.responseTimes().in(bucket) > 0) {
                    lowest = Math.min(lowest, bucket);
                    highest = Math.max(highest, bucket);
                }
        List<String> rows = new ArrayList<>();
        for (int bucket = lowest; bucket <= highest; bucket++) rows.add(bucketWords(bucket));
        List<Chart.Cell> cells = new ArrayList<>();
        for (int at = 0; at < periods.size(); at++)
            for (int bucket = lowest; bucket <= highest; bucket++) {
                long count = periods.get(at).figures.responseTimes().in(bucket);
                if (count > 0) cells.add(new Chart.Cell(at, bucket - lowest, count));
            }
        return new Chart(
                        "heat-chart",
                        "How many calls took how long, " + words + ". The button Table shows the figures.",
                        Chart.Unit.COUNT,
                        address.toString())
                .heat(times(), rows, cells);
    }

    private static String bucketWords(int bucket) {
        long to = DurationBuckets.to(bucket);
        return to == Long.MAX_VALUE
                ? "over " + Moments.length(DurationBuckets.from(bucket))
                : "to " + Moments.length(to);
    }

    /** Newest first; periods without calls are left out. */
    Component table() {
        SmallTable table =
                new SmallTable("Time", "#Calls", "#Success", "#p50", "#p95", "#p99", "#First byte p50", "#Tokens");
        for (Period period : periods.reversed()) {
            CallFigures figures = period.figures;
            if (figures.attempts().isEmpty() && figures.calls() == 0) continue;
            String rows =
                    address.with(LogAddress.range(period.start, end(period))).toString();
            table.line(
                    new Anchor(rows, label(period)),
                    new Span(Amounts.number(figures.calls())),
                    new Span(Words.percent(figures.successRate())),
                    new Span(Words.length(figures.responseTimes(), 50)),
                    new Span(Words.length(figures.responseTimes(), 95)),
                    new Span(Words.length(figures.responseTimes(), 99)),
                    new Span(Words.length(figures.firstBytes(), 50)),
                    new Span(Words.perSecond(figures.tokensPerSecond())));
        }
        return Marks.box("table-frame", table);
    }

    /** How many calls took how long in the whole range. */
    Component durations() {
        Durations all =
                periods.stream().map(period -> period.figures.responseTimes()).reduce(Durations.NONE, Durations::plus);
        SmallTable table = new SmallTable("Took", "#Calls");
        for (int bucket = 0; bucket < DurationBuckets.COUNT; bucket++)
            if (all.in(bucket) > 0) table.line(bucketWords(bucket), Amounts.number(all.in(bucket)));
        return Marks.box("table-frame", table);
    }
}

package io.tollbook.console.statistics;

import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Chart;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Usage by time and model or user, without gaps: some of them apart, the others together. */
final class UsageSeries {
    private final List<UsageRange.Time> times;
    private final List<Line> lines = new ArrayList<>();

    /** One of them, over time. */
    record Line(Part part, List<Usage> used) {
        Usage total() {
            return used.stream().reduce(Usage.NONE, Usage::plus);
        }
    }

    /** A row of the table: where something was used. */
    record Row(UsageRange.Time time, Part part, Usage used) {}

    /** @param named the keys of those that are told apart, in this order */
    UsageSeries(List<PeriodUsage> usage, Stage stage, List<String> named, UsageRange range) {
        times = range.times();
        Map<Instant, Integer> place = new HashMap<>();
        for (UsageRange.Time time : times) place.put(time.since(), place.size());
        Map<String, List<Usage>> byPart = new LinkedHashMap<>();
        Map<String, Part> parts = new HashMap<>();
        for (String key : named) byPart.put(key, none());
        for (PeriodUsage one : usage) {
            Integer at = place.get(one.start());
            if (at == null) continue; // It began while the page was being made.
            String own = stage.key(one.part());
            String key = named.contains(own) ? own : Part.REST;
            parts.computeIfAbsent(key, any -> key.equals(own) ? stage.part(one.part()) : stage.others(named));
            List<Usage> used = byPart.computeIfAbsent(key, any -> none());
            used.set(at, used.get(at).plus(one.used()));
        }
        byPart.forEach((key, used) -> {
            Part part = parts.get(key);
            if (part != null) lines.add(new Line(part, used));
        });
    }

    static List<String> biggest(List<PeriodUsage> usage, Stage stage, Metric metric, int top) {
        Map<String, Usage> totals = new HashMap<>();
        for (PeriodUsage one : usage) totals.merge(stage.key(one.part()), one.used(), Usage::plus);
        return biggest(totals, metric, top);
    }

    /** A rest of one is named: it takes no more room. */
    private static List<String> biggest(Map<String, Usage> totals, Metric metric, int top) {
        return totals.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Usage> one) -> -metric.of(one.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .limit(totals.size() == top + 1 ? top + 1 : top)
                .toList();
    }

    private List<Usage> none() {
        return new ArrayList<>(Collections.nCopies(times.size(), Usage.NONE));
    }

    List<Line> lines() {
        return lines;
    }

    Usage total() {
        return lines.stream().map(Line::total).reduce(Usage.NONE, Usage::plus);
    }

    List<Chart.Mark> marks() {
        return times.stream()
                .map(time -> new Chart.Mark(time.label(), LogAddress.query(time.filters()), false))
                .toList();
    }

    List<Chart.Line> lines(Metric metric) {
        return lines.stream()
                .map(line -> new Chart.Line(
                        line.part.mark(), line.used.stream().map(metric::of).toList()))
                .toList();
    }

    List<Chart.Slice> slices(Metric metric, boolean withRest) {
        return lines.stream()
                .filter(line -> withRest || !line.part.rest())
                .map(line -> new Chart.Slice(line.part.mark(), metric.of(line.total())))
                .toList();
    }

    /** Newest first, without the stretches in which nothing was used. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int at = times.size() - 1; at >= 0; at--)
            for (Line line : lines)
                if (line.used.get(at).calls() > 0) rows.add(new Row(times.get(at), line.part, line.used.get(at)));
        return rows;
    }
}

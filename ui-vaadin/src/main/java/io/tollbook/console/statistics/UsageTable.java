package io.tollbook.console.statistics;

import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Step;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Usage by model and hour or day, without gaps: what the chart draws and the table beside it lists. */
final class UsageTable {
    private static final int MODELS_MAX = 7;
    static final String OTHERS = "other models";

    private final List<String> times = new ArrayList<>();
    private final Map<String, List<Bar>> byModel = new LinkedHashMap<>();

    /** What one model did in one stretch of time. */
    record Bar(long calls, long tokens, Quota quota) {
        static final Bar NONE = new Bar(0, 0, Quota.ZERO);

        Bar plus(Bar other) {
            return new Bar(calls + other.calls, tokens + other.tokens, quota.plus(other.quota));
        }
    }

    enum Figure {
        COST,
        CALLS,
        TOKENS;

        long of(Bar bar) {
            return switch (this) {
                case COST -> bar.quota.units();
                case CALLS -> bar.calls;
                case TOKENS -> bar.tokens;
            };
        }
    }

    /** A row of the table: where something was used. */
    record Row(String time, String model, Bar bar) {}

    /** @param zone of whoever looks */
    UsageTable(List<PeriodUsage> usage, Instant from, Instant to, Step step, ZoneId zone) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(step == Step.HOUR ? "MM-dd HH:mm" : "yyyy-MM-dd", Locale.ROOT);
        Map<Instant, Integer> place = new TreeMap<>();
        List<Instant> bounds = step.periods(from, to, zone);
        for (Instant start : bounds.subList(0, bounds.size() - 1)) {
            place.put(start, times.size());
            times.add(format.format(start.atZone(zone)));
        }
        Map<String, Bar> totals = new TreeMap<>();
        for (PeriodUsage one : usage) totals.merge(one.model(), bar(one), Bar::plus);
        List<String> biggest = totals.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Bar> e) ->
                                -e.getValue().quota.units())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .limit(totals.size() > MODELS_MAX + 1 ? MODELS_MAX : totals.size())
                .toList();
        for (String model : biggest) byModel.put(model, empty());
        for (PeriodUsage one : usage) {
            Integer at = place.get(one.start());
            if (at == null) continue;
            String model = byModel.containsKey(one.model()) ? one.model() : OTHERS;
            List<Bar> bars = byModel.computeIfAbsent(model, any -> empty());
            bars.set(at, bars.get(at).plus(bar(one)));
        }
    }

    private List<Bar> empty() {
        return new ArrayList<>(java.util.Collections.nCopies(times.size(), Bar.NONE));
    }

    private static Bar bar(PeriodUsage one) {
        return new Bar(one.calls(), one.tokens(), one.quota());
    }

    List<String> times() {
        return times;
    }

    List<String> models() {
        return List.copyOf(byModel.keySet());
    }

    List<Bar> bars(String model) {
        return byModel.getOrDefault(model, List.of());
    }

    Bar total() {
        return byModel.values().stream().flatMap(List::stream).reduce(Bar.NONE, Bar::plus);
    }

    boolean isEmpty() {
        return total().calls == 0;
    }

    /** Newest first, without the stretches in which a model did nothing. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int at = times.size() - 1; at >= 0; at--)
            for (Map.Entry<String, List<Bar>> model : byModel.entrySet()) {
                Bar bar = model.getValue().get(at);
                if (bar.calls > 0) rows.add(new Row(times.get(at), model.getKey(), bar));
            }
        return rows;
    }
}

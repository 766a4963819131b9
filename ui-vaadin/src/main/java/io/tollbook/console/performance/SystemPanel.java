package io.tollbook.console.performance;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Chart;
import io.tollbook.console.page.ChartPanel;
import io.tollbook.console.page.Figure;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.performance.LoadFigure;
import io.tollbook.kernel.performance.LoadSample;
import io.tollbook.kernel.performance.SystemLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** How much this node has to do now, and had in the last hours. */
class SystemPanel extends Div {
    private static final Duration SHOWN = Duration.ofHours(1);
    /** A chart has so many pixels, no more. */
    private static final int POINTS = 120;

    private static final List<LoadFigure> SHARES = List.of(
            LoadFigure.PROCESS_CPU,
            LoadFigure.MACHINE_CPU,
            LoadFigure.MACHINE_MEMORY,
            LoadFigure.DISK,
            LoadFigure.GARBAGE_COLLECTION);
    private static final List<LoadFigure> COUNTS = List.of(
            LoadFigure.OPEN_REQUESTS,
            LoadFigure.OPEN_STREAMS,
            LoadFigure.CONNECTIONS,
            LoadFigure.THREADS,
            LoadFigure.LEDGER_WAITING,
            LoadFigure.READ_MODELS_BEHIND);

    private final SystemLoad load;
    private final Map<LoadFigure, Figure> tiles = new EnumMap<>(LoadFigure.class);
    private final ChartPanel shares = new ChartPanel("load-shares", "Processor, memory and disk, last hour");
    private final ChartPanel counts = new ChartPanel("load-counts", "Calls, connections and queues, last hour");
    private final Span when = Marks.dim("");

    SystemPanel(SystemLoad load) {
        this.load = load;
        setId("system");
        addClassName("stack");
        Div figures = new Div(
                tile(LoadFigure.PROCESS_CPU, "CPU", Glyph.SPARK),
                tile(LoadFigure.HEAP, "Heap", Glyph.BOOK),
                tile(LoadFigure.GARBAGE_COLLECTION, "Garbage collection", Glyph.REFRESH),
                tile(LoadFigure.DISK, "Disk", Glyph.COINS),
                tile(LoadFigure.OPEN_REQUESTS, "Open calls", Glyph.CHAT),
                tile(LoadFigure.CONNECTIONS, "Connections", Glyph.CHANNEL),
                tile(LoadFigure.THREADS, "Threads", Glyph.MODELS),
                tile(LoadFigure.READ_MODELS_BEHIND, "Read models", Glyph.SCALES));
        figures.addClassNames("figures", "figures-four");
        Div head = new Div(new H2("This node: " + load.node()), when);
        head.addClassName("panel-head");
        add(head, figures, Marks.box("halves", shares, counts));
        draw();
    }

    private Figure tile(LoadFigure figure, String name, Glyph glyph) {
        Figure tile = new Figure(
                "load-" + figure.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), name, glyph);
        tiles.put(figure, tile);
        return tile;
    }

    /** The tiles, every few seconds. */
    void look() {
        Optional<LoadSample> last = latest();
        when.setText(
                last.isEmpty()
                        ? "not looked at yet"
                        : "as of " + Moments.second(last.get().at()));
        tiles.forEach((figure, tile) -> tile.show(
                last.map(sample -> Words.value(figure, sample.of(figure))).orElse(Words.NOTHING),
                last.map(sample -> remark(figure, sample)).orElse("")));
    }

    /** The charts too. */
    final void draw() {
        look();
        List<LoadSample> samples = thinned(load.since(Instant.now().minus(SHOWN)));
        shares.show(
                () -> new Chart(
                                "load-shares-chart",
                                "Load of this node in percent, last hour. The button Table shows the figures.",
                                Chart.Unit.PERMILLE,
                                "")
                        .over(times(samples), Chart.Shape.LINES, lines(SHARES, samples, 10)),
                () -> table(SHARES, samples));
        counts.show(
                () -> new Chart(
                                "load-counts-chart",
                                "What this node works on, last hour. The button Table shows the figures.",
                                Chart.Unit.COUNT,
                                "")
                        .over(times(samples), Chart.Shape.LINES, lines(COUNTS, samples, 1)),
                () -> table(COUNTS, samples));
    }

    private Optional<LoadSample> latest() {
        List<LoadSample> recent = load.since(Instant.now().minus(Duration.ofMinutes(1)));
        return recent.isEmpty() ? Optional.empty() : Optional.of(recent.getLast());
    }

    private static String remark(LoadFigure figure, LoadSample sample) {
        return switch (figure) {
            case PROCESS_CPU ->
                "machine " + Words.value(LoadFigure.MACHINE_CPU, sample.of(LoadFigure.MACHINE_CPU)) + ", its memory "
                        + Words.value(LoadFigure.MACHINE_MEMORY, sample.of(LoadFigure.MACHINE_MEMORY));
            case HEAP -> "of " + Words.value(LoadFigure.HEAP_MAX, sample.of(LoadFigure.HEAP_MAX));
            case GARBAGE_COLLECTION -> "of the time is paused for it";
            case DISK -> "of the data's disk is taken";
            case OPEN_REQUESTS -> Words.value(LoadFigure.OPEN_STREAMS, sample.of(LoadFigure.OPEN_STREAMS)) + " streams";
            case CONNECTIONS ->
                Words.value(LoadFigure.DATABASE_CONNECTIONS, sample.of(LoadFigure.DATABASE_CONNECTIONS))
                        + " to the database in use";
            case THREADS -> "of the platform";
            case READ_MODELS_BEHIND ->
                "events behind · " + Words.value(LoadFigure.LEDGER_WAITING, sample.of(LoadFigure.LEDGER_WAITING))
                        + " wait for the ledger";
            default -> "";
        };
    }

    /** The highest of each few: a peak is what one looks for. */
    private static List<LoadSample> thinned(List<LoadSample> samples) {
        int step = Math.max(1, Math.ceilDiv(samples.size(), POINTS));
        List<LoadSample> thinned = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += step) {
            List<LoadSample> some = samples.subList(i, Math.min(samples.size(), i + step));
            Map<LoadFigure, Double> highest = new EnumMap<>(LoadFigure.class);
            for (LoadSample sample : some)
                sample.values().forEach((figure, value) -> highest.merge(figure, value, Math::max));
            thinned.add(new LoadSample(some.getFirst().at(), highest));
        }
        return thinned;
    }

    private static List<Chart.Mark> times(List<LoadSample> samples) {
        return samples.stream()
                .map(sample -> new Chart.Mark(Moments.second(sample.at()), "", false))
                .toList();
    }

    private static List<Chart.Line> lines(List<LoadFigure> figures, List<LoadSample> samples, int factor) {
        return figures.stream()
                .map(figure -> {
                    List<@Nullable Long> values = new ArrayList<>();
                    for (LoadSample sample : samples) {
                        OptionalDouble value = sample.of(figure);
                        values.add(value.isEmpty() ? null : Math.round(value.getAsDouble() * factor));
                    }
                    return new Chart.Line(new Chart.Mark(figure.words(), "", false), values);
                })
                .toList();
    }

    private static Component table(List<LoadFigure> figures, List<LoadSample> samples) {
        List<String> heads = new ArrayList<>(List.of("Time"));
        figures.forEach(figure -> heads.add("#" + figure.words()));
        SmallTable table = new SmallTable(heads.toArray(String[]::new));
        for (LoadSample sample : samples.reversed()) {
            List<String> cells = new ArrayList<>(List.of(Moments.second(sample.at())));
            figures.forEach(figure -> cells.add(Words.value(figure, sample.of(figure))));
            table.line(cells.toArray(String[]::new));
        }
        return Marks.box("table-frame", table);
    }
}

package io.tollbook.console.page;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A picture of figures, each of which leads to what it counts. Drawn by {@code console/chart.js} with ECharts, in the colours
 * and the size of the page. Whoever cannot see it has the same figures as a table: see {@link ChartPanel}.
 */
@Tag("console-chart")
public class Chart extends Component {
    private final ObjectNode figures = JsonNodeFactory.instance.objectNode();

    /** What figures are. */
    public enum Unit {
        COUNT,
        /** Quota, shown as dollars. */
        USD,
        MILLIS,
        /** Tenths of a percent. */
        PERMILLE
    }

    /** How figures over time look. */
    public enum Shape {
        BARS,
        AREA,
        LINES
    }

    /**
     * Something that is drawn.
     *
     * @param query what it adds to the chart's address to lead to its own rows
     * @param rest whether it stands for all that have no place of their own
     */
    public record Mark(String name, String query, boolean rest) {}

    /** A mark with one figure. */
    public record Slice(Mark mark, long value) {}

    /** A mark with a figure at each time; null where there is none. */
    public record Line(Mark mark, List<@Nullable Long> values) {}

    /** How many there are at a time in a row, by their places in the lists of those. */
    public record Cell(int time, int row, long value) {}

    /** A mark in a column of a flow. */
    public record Node(Mark mark, int stage) {}

    /** What flows from one node to another, by their places in the list of nodes. */
    public record Link(int source, int target, long value) {}

    /**
     * @param label what it shows, for who cannot see it
     * @param money whether the figures are quota, shown as dollars
     * @param address where the rows of the whole chart are, with some query already
     */
    public Chart(String id, String label, boolean money, String address) {
        this(id, label, money ? Unit.USD : Unit.COUNT, address);
    }

    /**
     * @param label what it shows, for who cannot see it
     * @param address where the rows of the whole chart are, with some query already; empty if they are nowhere
     */
    public Chart(String id, String label, Unit unit, String address) {
        setId(id);
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
        figures.put("unit", unit.name().toLowerCase(Locale.ROOT));
        figures.put("address", address);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        event.getUI().getPage().addJsModule("context://console/chart.js");
    }

    /** Figures over time, each kind in its own colour. */
    public Chart over(List<Mark> times, Shape shape, List<Line> lines) {
        ArrayNode all = begin(shape.name().toLowerCase(Locale.ROOT));
        ArrayNode marks = figures.putArray("times");
        times.forEach(time -> mark(marks, time));
        for (Line line : lines) {
            ArrayNode values = mark(all, line.mark()).putArray("values");
            line.values().forEach(values::add);
        }
        return done();
    }

    /** How many there are at each time in each row, by how dark a place is. The first row is the lowest. */
    public Chart heat(List<Mark> times, List<String> rows, List<Cell> cells) {
        begin("heat");
        ArrayNode marks = figures.putArray("times");
        times.forEach(time -> mark(marks, time));
        ArrayNode names = figures.putArray("rows");
        rows.forEach(names::add);
        ArrayNode all = figures.putArray("cells");
        for (Cell cell : cells) all.addArray().add(cell.time()).add(cell.row()).add(cell.value());
        return done();
    }

    /** Parts of a whole. */
    public Chart shares(List<Slice> slices) {
        return slices("shares", slices);
    }

    /** The first is the biggest. */
    public Chart ranking(List<Slice> slices) {
        return slices("ranking", slices);
    }

    /** What flows through stages, from left to right. */
    public Chart flow(List<Node> nodes, List<Link> links) {
        ArrayNode all = begin("flow");
        nodes.forEach(node -> mark(all, node.mark()).put("stage", node.stage()));
        ArrayNode between = figures.putArray("links");
        for (Link link : links)
            between.addObject()
                    .put("source", link.source())
                    .put("target", link.target())
                    .put("value", link.value());
        return done();
    }

    private Chart slices(String shape, List<Slice> slices) {
        ArrayNode all = begin(shape);
        slices.forEach(slice -> mark(all, slice.mark()).put("value", slice.value()));
        return done();
    }

    private ArrayNode begin(String shape) {
        figures.put("shape", shape);
        getElement().setAttribute("shape", shape);
        return figures.putArray("marks");
    }

    private static ObjectNode mark(ArrayNode marks, Mark mark) {
        return marks.addObject()
                .put("name", mark.name())
                .put("query", mark.query())
                .put("rest", mark.rest());
    }

    private Chart done() {
        getElement().setPropertyJson("figures", figures);
        return this;
    }
}

package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.statistics.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** The charts' figures in rows. Each figure is a link to what it counts. */
final class UsageTables {
    private UsageTables() {}

    /** By name, the biggest first. */
    static Component ranking(UsageSeries series, Stage stage, Metric metric, LogAddress address) {
        SmallTable table = new SmallTable(stage.label(), "#Calls", "#Tokens in", "#Tokens out", "#Cost", "#Share");
        long all = metric.of(series.total());
        for (UsageSeries.Line line : series.lines()) {
            String rows = address.with(line.part().filters()).toString();
            Usage used = line.total();
            table.line(
                    new Anchor(rows, line.part().label()),
                    figure(rows, Amounts.number(used.calls())),
                    figure(rows, Amounts.number(used.tokensIn())),
                    figure(rows, Amounts.number(used.tokensOut())),
                    figure(rows, Amounts.usdInColumn(used.quota())),
                    figure(rows, percent(metric.of(used), all)));
        }
        return scrolling(table);
    }

    /** By time, newest first. */
    static Component byTime(UsageSeries series, Stage stage, LogAddress address) {
        Grid<UsageSeries.Row> grid = new Grid<>();
        grid.setAriaLabel("Usage by time and " + stage.label().toLowerCase(java.util.Locale.ROOT));
        grid.addClassName("list");
        grid.setHeight("320px");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(row -> new Anchor(rows(row, address), row.time().label()))
                .setHeader("Time")
                .setAutoWidth(true);
        grid.addColumn(row -> row.part().label()).setHeader(stage.label()).setAutoWidth(true);
        grid.addComponentColumn(row ->
                        figure(rows(row, address), Amounts.number(row.used().calls())))
                .setHeader("Calls")
                .setTextAlign(ColumnTextAlign.END);
        grid.addComponentColumn(row ->
                        figure(rows(row, address), Amounts.number(row.used().tokensIn())))
                .setHeader("In")
                .setTextAlign(ColumnTextAlign.END);
        grid.addComponentColumn(row ->
                        figure(rows(row, address), Amounts.number(row.used().tokensOut())))
                .setHeader("Out")
                .setTextAlign(ColumnTextAlign.END);
        grid.addComponentColumn(row -> figure(
                        rows(row, address), Amounts.usdInColumn(row.used().quota())))
                .setHeader("Cost")
                .setTextAlign(ColumnTextAlign.END);
        grid.setItems(series.rows());
        return grid;
    }

    /** From stage to stage. */
    static Component flow(Flow flow, LogAddress address) {
        SmallTable table = new SmallTable("From", "To", "#Calls", "#Tokens in", "#Tokens out", "#Cost");
        for (Flow.Link link : flow.links()) {
            Map<String, String> source = link.source().part().filters();
            String rows =
                    address.with(source).with(link.target().part().filters()).toString();
            table.line(
                    new Anchor(
                            address.with(source).toString(),
                            link.source().part().label()),
                    new Anchor(
                            address.with(link.target().part().filters()).toString(),
                            link.target().part().label()),
                    new Anchor(rows, Amounts.number(link.used().calls())),
                    figure(rows, Amounts.number(link.used().tokensIn())),
                    figure(rows, Amounts.number(link.used().tokensOut())),
                    figure(rows, Amounts.usdInColumn(link.used().quota())));
        }
        return scrolling(table);
    }

    private static String rows(UsageSeries.Row row, LogAddress address) {
        return address.with(row.part().filters()).with(row.time().filters()).toString();
    }

    /** The first link of a row is where the keyboard stops; the others lead to the same. */
    private static Anchor figure(String rows, String figure) {
        Anchor anchor = new Anchor(rows, figure);
        anchor.addClassName("quiet-link");
        anchor.setTabIndex(-1);
        return anchor;
    }

    private static Component scrolling(SmallTable table) {
        Div frame = new Div(table);
        frame.addClassName("table-frame");
        return frame;
    }

    static String percent(long part, long all) {
        if (all == 0) return "";
        return Amounts.decimal(BigDecimal.valueOf(part)
                        .movePointRight(2)
                        .divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP))
                + " %";
    }
}

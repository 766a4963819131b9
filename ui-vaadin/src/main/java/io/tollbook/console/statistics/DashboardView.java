package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Figure;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.console.token.Keys;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Balance;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.statistics.Step;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** What there is, what was used, and how to use more. */
@Route("")
@OpenTo(value = Role.USER, auditors = true)
class DashboardView extends View implements AfterNavigationObserver {
    private static final int RECENT = 7;

    private final Visitor visitor;
    private final Figure balance = new Figure("balance", "Balance", Glyph.COINS);
    private final Figure held = new Figure("held", "Held", Glyph.LOCK);
    private final Figure used = new Figure("used", "Used", Glyph.UP);
    private final Figure calls = new Figure("calls", "Calls", Glyph.LOG);
    private final Select<Range> range = new Select<>();
    private final Select<UsageTable.Figure> figure = new Select<>();
    private final Select<Boolean> whose = new Select<>();
    private final Div chartBody = new Div();
    private final Div recent = new Div();
    private boolean asTable;

    private enum Range {
        DAY("Last 24 hours", Duration.ofHours(23), Step.HOUR),
        WEEK("Last 7 days", Duration.ofDays(6), Step.DAY),
        WEEK_BY_HOUR("Last 7 days by hour", Duration.ofDays(7), Step.HOUR),
        MONTH("Last 30 days", Duration.ofDays(29), Step.DAY);

        private final String label;
        private final Duration length;
        private final Step step;

        Range(String label, Duration length, Step step) {
            this.label = label;
            this.length = length;
            this.step = step;
        }
    }

    DashboardView(Visitor visitor, Site site, Keys keys, ReadModels readModels) {
        super("Dashboard", "");
        this.visitor = visitor;
        addClassName("view-flow");
        actions(Tool.plain("refresh", "Refresh", Glyph.REFRESH, click -> load()));
        Div figures = new Div(balance, held, used, calls);
        figures.addClassName("figures");
        add(figures);
        if (visitor.maySee(Role.ADMIN)) add(new SiteToday(visitor, readModels));
        add(chart());
        Div below = new Div(recentPanel());
        if (!visitor.isAuditor()) {
            below.addComponentAsFirst(new FirstCall(visitor, keys, site));
            below.addClassName("halves");
        }
        add(below);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        load();
    }

    private void load() {
        UserId user = visitor.user();
        Balance now = visitor.ask(new BalanceOf(AccountId.of(user)));
        balance.show(
                Marks.usd(now.available()),
                now.overdraft().isPositive()
                        ? Amounts.usd(now.overdraft()) + " overdrawn"
                        : Amounts.number(now.available().units()) + " quota");
        held.show(Marks.usd(now.held()), now.held().isZero() ? "no call is open" : "set aside for open calls");
        used.show(Marks.usd(now.used()), Amounts.number(now.used().units()) + " quota");
        calls.show(Amounts.number(now.calls()), "charged so far");
        draw();
        fillRecent(user);
    }

    private Component chart() {
        range.setItems(Range.values());
        range.setItemLabelGenerator(one -> one.label);
        range.setValue(Range.WEEK);
        range.setId("chart-range");
        range.setAriaLabel("Time");
        figure.setItems(UsageTable.Figure.values());
        figure.setItemLabelGenerator(one -> switch (one) {
            case COST -> "Cost";
            case CALLS -> "Calls";
            case TOKENS -> "Tokens";
        });
        figure.setValue(UsageTable.Figure.COST);
        figure.setId("chart-figure");
        figure.setAriaLabel("Figure");
        whose.setItems(false, true);
        whose.setItemLabelGenerator(all -> all ? "All users" : "Mine");
        whose.setValue(visitor.maySee(Role.ADMIN));
        whose.setId("chart-whose");
        whose.setAriaLabel("Whose");
        whose.setVisible(visitor.maySee(Role.ADMIN));
        range.addValueChangeListener(change -> draw());
        figure.addValueChangeListener(change -> draw());
        whose.addValueChangeListener(change -> draw());
        var table = Tool.plain("chart-table", "Table", Glyph.LOG, click -> {
            asTable = !asTable;
            click.getSource().setText(asTable ? "Chart" : "Table");
            draw();
        });
        Div tools = new Div(whose, figure, range, table);
        tools.addClassName("chart-tools");
        Div head = new Div(new H2("Usage by model"), tools);
        head.addClassName("panel-head");
        chartBody.addClassName("chart-body");
        Div panel = new Div(head, chartBody);
        panel.addClassNames("panel", "panel-pad");
        return panel;
    }

    private void draw() {
        Range chosen = range.getValue();
        Instant now = Instant.now();
        Instant from = now.minus(chosen.length);
        boolean all = whose.getValue() && visitor.maySee(Role.ADMIN);
        ZoneId zone = Moments.zone();
        UsageTable table = new UsageTable(
                visitor.ask(new UsageOver(all ? null : visitor.user(), from, now, chosen.step, zone)),
                from,
                now,
                chosen.step,
                zone);
        chartBody.removeAll();
        if (table.isEmpty()) {
            chartBody.add(new Empty(
                    Glyph.DASHBOARD, "No usage yet", "Calls show here by model as soon as they are charged."));
            return;
        }
        UsageTable.Bar total = table.total();
        Div sums = new Div(
                sum("Cost", Amounts.usd(total.quota())),
                sum("Calls", Amounts.number(total.calls())),
                sum("Tokens", Amounts.number(total.tokens())));
        sums.addClassName("sums");
        chartBody.add(sums);
        if (asTable) {
            chartBody.add(grid(table));
        } else {
            UsageChart chart = new UsageChart();
            chart.setId("chart");
            chart.show(
                    table,
                    figure.getValue(),
                    "Usage by model, " + chosen.label + ": " + Amounts.usd(total.quota()) + " in "
                            + Amounts.number(total.calls()) + " calls. The button Table shows the figures.");
            chartBody.add(chart);
        }
    }

    private static Component sum(String name, String value) {
        return Marks.row(Marks.dim(name), new Span(value));
    }

    private static Component grid(UsageTable table) {
        Grid<UsageTable.Row> grid = new Grid<>();
        grid.setId("usage-table");
        grid.setAriaLabel("Usage by time and model");
        grid.addClassName("list");
        grid.setHeight("320px");
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addColumn(UsageTable.Row::time).setHeader("Time").setAutoWidth(true);
        grid.addColumn(UsageTable.Row::model).setHeader("Model").setAutoWidth(true);
        grid.addColumn(row -> Amounts.number(row.bar().calls()))
                .setHeader("Calls")
                .setTextAlign(ColumnTextAlign.END);
        grid.addColumn(row -> Amounts.number(row.bar().tokens()))
                .setHeader("Tokens")
                .setTextAlign(ColumnTextAlign.END);
        grid.addColumn(row -> Amounts.usdInColumn(row.bar().quota()))
                .setHeader("Cost")
                .setTextAlign(ColumnTextAlign.END);
        grid.setItems(table.rows());
        return grid;
    }

    private Component recentPanel() {
        Anchor more = new Anchor("log", "All calls");
        more.setId("all-calls");
        Div head = new Div(new H2("Recent calls"), more);
        head.addClassName("panel-head");
        Div panel = new Div(head, recent);
        panel.addClassNames("panel", "panel-pad");
        recent.setId("recent");
        return panel;
    }

    private void fillRecent(UserId user) {
        recent.removeAll();
        LogFilter charged = LogFilter.of(user).ofKind(LogKind.CONSUME);
        List<LogRow> rows = visitor.ask(new LogRowsBefore(charged, Long.MAX_VALUE, RECENT));
        if (rows.isEmpty())
            recent.add(new Empty(Glyph.SPARK, "No calls yet", "Paste the command beside this into a terminal."));
        Instant now = Instant.now();
        for (LogRow row : rows) {
            long tokens = row.meters().promptTokens() + row.meters().completionTokens();
            Div line = new Div(
                    Marks.stacked(
                            new Span(row.model()), Marks.dim(Moments.ago(row.at(), now) + " · " + row.tokenName())),
                    Marks.stacked(
                            Marks.usd(row.quota()),
                            Marks.dim(Amounts.number(tokens) + " tokens · " + Moments.length(row.totalMillis()))));
            line.addClassName("recent-line");
            line.addClickListener(click -> UI.getCurrent()
                    .navigate("log", com.vaadin.flow.router.QueryParameters.of("request", row.request())));
            recent.add(line);
        }
    }
}

package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.function.ValueProvider;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Figure;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.Margin;
import io.tollbook.kernel.statistics.MarginAlarm;
import io.tollbook.kernel.statistics.MarginAlarms;
import io.tollbook.kernel.statistics.MarginExport;
import io.tollbook.kernel.statistics.MarginLine;
import io.tollbook.kernel.statistics.MarginOver;
import io.tollbook.kernel.statistics.MarginOver.Order;
import io.tollbook.kernel.user.Role;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What calls earned, what they cost, and what is left: by channel, model, user or group. */
@Route("dashboard/margin")
@OpenTo(value = Role.ADMIN, auditors = true)
class MarginView extends UsagePage {
    private static final int ALARMS = 20;

    private final transient MarginExport export;

    MarginView(Visitor visitor, MarginExport export) {
        super(
                "Margin",
                visitor,
                new UsageFilters()
                        .byPart(List.of(Dimension.CHANNEL, Dimension.MODEL, Dimension.USER, Dimension.GROUP))
                        .ofUsers(true)
                        .ofNodes(true));
        this.export = export;
    }

    @Override
    void fill(Div page, UsageRange range) {
        LogFilter filter = filters.filter(range, null).ofKind(LogKind.ALL);
        LogAddress address = filters.address(range);
        page.add(alarms());
        Margin all = visitor.ask(MarginOver.whole(filter)).items().stream()
                .findFirst()
                .map(MarginLine::margin)
                .orElse(null);
        if (all == null) {
            page.add(nothing());
            return;
        }
        page.add(figures(all, address), table(filter, address));
    }

    private Component figures(Margin all, LogAddress address) {
        Figure revenue = new Figure("margin-revenue", "Revenue", Glyph.UP);
        revenue.show(
                address.toString(),
                Marks.usd(all.revenue()),
                Amounts.number(all.calls()) + (all.calls() == 1 ? " call" : " calls") + ", at list price");
        Figure cost = new Figure("margin-cost", "Cost", Glyph.COINS);
        cost.show(
                address.ofAllKinds().toString(), Marks.nanoUsd(all.costNanoUsd()), "of all attempts, failed ones too");
        Figure left = new Figure("margin-left", "Margin", Glyph.SCALES);
        left.show(
                address.ofAllKinds().toString(),
                left(all),
                percent(all).isEmpty() ? "no revenue of known cost" : percent(all));
        Figure unknown = new Figure("margin-unknown", "Unknown cost", Glyph.ALERT);
        unknown.show(
                "buy-prices",
                new Span(Amounts.number(all.unknownCalls())),
                all.unknownCalls() == 0
                        ? "every call is costed"
                        : "calls, charged " + Amounts.usd(all.unknownRevenue()) + ", not in the margin");
        Div figures = new Div(revenue, cost, left, unknown);
        figures.addClassName("figures");
        return figures;
    }

    private static Component left(Margin margin) {
        Span amount = Marks.nanoUsd(margin.nanoUsd());
        if (margin.nanoUsd() < 0) amount.addClassName("out");
        return amount;
    }

    private static String percent(Margin margin) {
        BigDecimal percent = margin.percent();
        return percent == null ? "" : Amounts.decimal(percent) + " %";
    }

    private Component table(LogFilter filter, LogAddress address) {
        Dimension part = filters.part();
        Stage stage = Stage.valueOf(part.name());
        ListGrid<MarginLine> list = new ListGrid<>(
                "margins",
                "Margins",
                new Empty(Glyph.SCALES, "Nothing here", "No call of this time fits. Choose fewer filters."));
        list.addComponentColumn(line -> new Anchor(rows(line, stage, address), label(line, stage)))
                .setHeader(stage.label())
                .setSortProperty(Order.NAME.name())
                .setWidth("190px")
                .setFlexGrow(2);
        figure(
                list,
                "Calls",
                Order.CALLS,
                line -> quiet(
                        rows(line, stage, address),
                        new Span(Amounts.number(line.margin().calls()))));
        figure(
                list,
                "Revenue",
                Order.REVENUE,
                line -> quiet(
                        rows(line, stage, address), Marks.usd(line.margin().revenue())));
        figure(
                list,
                "Cost",
                Order.COST,
                line -> quiet(
                        everyKind(line, stage, address),
                        Marks.nanoUsd(line.margin().costNanoUsd())));
        figure(list, "Margin", Order.MARGIN, line -> quiet(everyKind(line, stage, address), left(line.margin())));
        figure(list, "Margin %", Order.PERCENT, line -> percentCell(line.margin()));
        figure(list, "Unknown cost", Order.UNKNOWN, line -> unknown(line, stage, address));
        list.cards(line -> card(line, stage, address));
        list.setHeight("480px");
        list.source((paging, order) -> page(filter, part, paging, order));
        Div head = new Div(new H2("By " + stage.label().toLowerCase(java.util.Locale.ROOT)), downloads(filter, part));
        head.addClassNames("panel-head", "list-head");
        return list.panel(head);
    }

    private Page<MarginLine> page(LogFilter filter, Dimension part, Paging paging, List<QuerySortOrder> order) {
        QuerySortOrder by = order.isEmpty() ? null : order.getFirst();
        return visitor.ask(new MarginOver(
                filter,
                Set.of(part),
                by == null ? Order.REVENUE : Order.valueOf(by.getSorted()),
                by == null || by.getDirection() == SortDirection.DESCENDING,
                paging));
    }

    private static void figure(
            ListGrid<MarginLine> list, String header, Order order, ValueProvider<MarginLine, Component> cell) {
        Grid.Column<MarginLine> column = list.addComponentColumn(cell)
                .setHeader(header)
                .setTextAlign(ColumnTextAlign.END)
                .setSortProperty(order.name())
                .setWidth("128px")
                .setFlexGrow(1);
        column.setKey(order.name());
    }

    private static Component percentCell(Margin margin) {
        BigDecimal percent = margin.percent();
        if (percent == null) return margin.nanoUsd() < 0 ? Marks.pill("loss", Marks.Tone.BAD) : Marks.dim("–");
        return Marks.pill(percent(margin), percent.signum() < 0 ? Marks.Tone.BAD : Marks.Tone.NEUTRAL);
    }

    private static Component unknown(MarginLine line, Stage stage, LogAddress address) {
        Margin margin = line.margin();
        if (margin.unknownCalls() == 0) return Marks.dim("–");
        Component calls = quiet(everyKind(line, stage, address), new Span(Amounts.number(margin.unknownCalls())));
        return Marks.stacked(calls, Marks.dim(Amounts.usd(margin.unknownRevenue())));
    }

    private static Component card(MarginLine line, Stage stage, LogAddress address) {
        Div card = new Div(
                Marks.box(
                        "card-line",
                        new Anchor(rows(line, stage, address), label(line, stage)),
                        percentCell(line.margin())),
                Marks.box(
                        "card-line",
                        Marks.row(Marks.dim("in"), Marks.usd(line.margin().revenue())),
                        Marks.row(Marks.dim("out"), Marks.nanoUsd(line.margin().costNanoUsd())),
                        Marks.row(Marks.dim("left"), left(line.margin()))));
        if (line.margin().unknownCalls() > 0)
            card.add(Marks.dim(Amounts.number(line.margin().unknownCalls()) + " calls of unknown cost"));
        card.addClassName("card-row");
        return card;
    }

    private static String label(MarginLine line, Stage stage) {
        return stage.part(line.part()).label();
    }

    private static String rows(MarginLine line, Stage stage, LogAddress address) {
        return address.with(filters(line, stage)).toString();
    }

    /** Calls that failed cost too, and are no charges. */
    private static String everyKind(MarginLine line, Stage stage, LogAddress address) {
        return address.ofAllKinds().with(filters(line, stage)).toString();
    }

    private static Map<String, String> filters(MarginLine line, Stage stage) {
        return stage.part(line.part()).filters();
    }

    private static Component quiet(String rows, Component figure) {
        Anchor anchor = new Anchor(rows, figure);
        anchor.addClassName("quiet-link");
        anchor.setTabIndex(-1);
        return anchor;
    }

    private Component downloads(LogFilter filter, Dimension part) {
        return new MarginDownloads(visitor, export, filter, part);
    }

    /** What was told in the last day. */
    private Component alarms() {
        Page<MarginAlarm> alarms =
                visitor.ask(new MarginAlarms(Instant.now().minus(Duration.ofDays(1)), Paging.first(ALARMS)));
        Div panel = new Div();
        panel.setId("alarms");
        panel.setVisible(!alarms.items().isEmpty());
        panel.addClassNames("panel", "panel-pad");
        panel.add(new H2("Sold for less than it should bring"));
        for (MarginAlarm alarm : alarms.items()) panel.add(line(alarm));
        if (alarms.total() > ALARMS) panel.add(Marks.dim("and " + Amounts.number(alarms.total() - ALARMS) + " more"));
        return panel;
    }

    private static Component line(MarginAlarm alarm) {
        String rows = LogAddress.charges()
                .ofAllKinds()
                .between(alarm.at().minus(Duration.ofHours(1)), alarm.at())
                .with(LogAddress.channel(alarm.channel()))
                .with(LogAddress.model(alarm.model()))
                .toString();
        String channel = alarm.channelName().isEmpty() ? "channel " + alarm.channel() : alarm.channelName();
        Div line = new Div(
                Marks.stacked(
                        new Anchor(rows, alarm.model() + " at " + channel), Marks.dim(Moments.minute(alarm.at()))),
                Marks.stacked(
                        left(alarm.margin()),
                        Marks.dim("of " + Amounts.usd(alarm.revenue()) + " in an hour; alarm below "
                                + alarm.thresholdPercent() + " %")));
        line.addClassName("recent-line");
        return line;
    }
}

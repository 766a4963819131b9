package io.tollbook.console.performance;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.ActiveFilters;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.ChartPanel;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Figure;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.performance.CallFigures;
import io.tollbook.kernel.performance.CallPerformance;
import io.tollbook.kernel.performance.CallPerformanceOver;
import io.tollbook.kernel.performance.CallPerformanceOver.By;
import io.tollbook.kernel.performance.ChannelStates;
import io.tollbook.kernel.performance.SlowestCalls;
import io.tollbook.kernel.performance.SystemLoad;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the site is well: this node, its channels, its models and how long calls take. */
@Route("performance")
@OpenTo(value = Role.ADMIN, auditors = true)
class PerformanceView extends View implements AfterNavigationObserver {
    private static final int LOOK_MILLIS = 5_000;
    private static final int SLOWEST = 10;

    private final Visitor visitor;
    private final ChannelStates states;
    private final SystemPanel system;
    private final PerformanceFilters filters = new PerformanceFilters();
    private final ActiveFilters active = new ActiveFilters(filters);
    private final Div content = new Div();
    private final ChartPanel percentiles = new ChartPanel("percentiles", "Response times");
    private final ChartPanel success = new ChartPanel("success", "Success");
    private final ChartPanel heat = new ChartPanel("heat", "How many calls took how long");
    private @Nullable Registration polling;

    PerformanceView(Visitor visitor, SystemLoad load, ChannelStates states) {
        super("Performance", "");
        this.visitor = visitor;
        this.states = states;
        addClassName("view-flow");
        actions(Tool.plain("refresh", "Refresh", Glyph.REFRESH, click -> load()));
        system = new SystemPanel(load);
        content.addClassName("stack");
        content.setId("calls-performance");
        add(filters, active, content, system);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        active.show();
        load();
    }

    private void load() {
        system.draw();
        content.removeAll();
        try {
            fill(Instant.now());
        } catch (Refused refused) {
            content.removeAll();
            content.add(panel(new Empty(Glyph.ALERT, "These figures cannot be shown", refused.getMessage())));
        }
    }

    private void fill(Instant now) {
        CallPerformanceOver byTime = filters.over(now, Set.of(By.PERIOD));
        LogAddress address = filters.address(byTime);
        List<CallPerformance> periods = visitor.ask(byTime);
        if (periods.isEmpty()) {
            content.add(panel(new Empty(
                    Glyph.CLOCK,
                    "No calls in this time",
                    "Calls count as soon as they have ended. Choose another time, or fewer filters.")));
            return;
        }
        CallFigures all = periods.stream().map(CallPerformance::figures).reduce(CallFigures.NONE, CallFigures::plus);
        ResponseTimes times = new ResponseTimes(byTime, periods, address, filters.words());
        percentiles.show(times::percentiles, times::table);
        success.show(times::success, times::table);
        heat.show(times::heat, times::durations);
        content.add(
                figures(all, address),
                PartsTable.ofChannels(
                        visitor.ask(filters.over(now, Set.of(By.CHANNEL))), states.now(), address, filters::narrowTo),
                PartsTable.ofModels(visitor.ask(filters.over(now, Set.of(By.MODEL))), address, filters::narrowTo),
                Marks.box("halves", percentiles, success),
                heat,
                slowest(byTime));
    }

    private static Component figures(CallFigures all, LogAddress address) {
        String rows = address.toString();
        Figure calls = new Figure("total-calls", "Calls", Glyph.LOG);
        calls.show(
                rows,
                new Span(Amounts.number(all.answeredCalls())),
                Amounts.number(all.failedCalls()) + " failed, " + Words.percent(all.answeredShare()) + " answered");
        Figure success = new Figure("total-success", "Success of attempts", Glyph.CHECK);
        success.show(Words.percent(all.successRate()), "a failed call may be answered elsewhere");
        Figure half = new Figure("total-p50", "Half of the calls within", Glyph.CLOCK);
        half.show(
                rows,
                new Span(Words.length(all.responseTimes(), 50)),
                "95 % within " + Words.length(all.responseTimes(), 95) + ", 99 % within "
                        + Words.length(all.responseTimes(), 99));
        Figure first = new Figure("total-first-byte", "First byte of a stream", Glyph.SPARK);
        first.show(
                Words.length(all.firstBytes(), 50),
                "95 % within " + Words.length(all.firstBytes(), 95) + ", of "
                        + Amounts.number(all.firstBytes().count()) + " streams");
        Figure tokens = new Figure("total-tokens", "Tokens", Glyph.UP);
        tokens.show(Words.perSecond(all.tokensPerSecond()), Amounts.number(all.outputTokens()) + " came out");
        Div figures = new Div(calls, success, half, first, tokens);
        figures.addClassNames("figures", "figures-five");
        return figures;
    }

    private Component slowest(CallPerformanceOver over) {
        SmallTable table = new SmallTable("Call", "Model", "Channel", "User", "#First byte", "#Took", "#Tokens out");
        List<LogRow> rows =
                visitor.ask(new SlowestCalls(over.first(), over.to(), over.channel(), over.model(), SLOWEST));
        for (LogRow row : rows)
            table.line(
                    Marks.stacked(
                            new Anchor("log?" + LogAddress.query(Map.of("request", row.request())), row.request()),
                            Marks.dim(Moments.second(row.at()))),
                    new Span(row.model()),
                    new Span(row.channelName().isEmpty() ? Long.toString(row.channel()) : row.channelName()),
                    new Span(row.username()),
                    new Span(row.firstByteMillis() < 0 ? Words.NOTHING : Moments.length(row.firstByteMillis())),
                    new Span(Moments.length(row.totalMillis())),
                    new Span(Amounts.number(row.meters().completionTokens())));
        Div frame = new Div(table);
        frame.addClassName("table-frame");
        Div head = new Div(new H2("Slowest calls"));
        head.addClassName("panel-head");
        Div panel = new Div(head, rows.isEmpty() ? Marks.dim("The log has no calls of this time any more.") : frame);
        panel.setId("slowest");
        panel.addClassNames("panel", "panel-pad");
        return panel;
    }

    private static Div panel(Empty empty) {
        Div panel = new Div(empty);
        panel.addClassName("panel");
        return panel;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        polling = event.getUI().addPollListener(poll -> system.look());
        event.getUI().setPollInterval(LOOK_MILLIS);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (polling != null) polling.remove();
        event.getUI().setPollInterval(-1);
    }
}

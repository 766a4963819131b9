package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Chart;
import io.tollbook.console.page.ChartPanel;
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
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.channel.IncidentMarks;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.log.LogRowsBefore;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What there is, what was used, and how to use more. */
@Route("")
@OpenTo(value = Role.USER, auditors = true)
class DashboardView extends View implements AfterNavigationObserver {
    private static final int RECENT = 7;
    private static final int MODELS = 7;
    private static final BigDecimal LONG_DAYS = BigDecimal.valueOf(999);

    private final Visitor visitor;
    private final Figure balance = new Figure("balance", "Balance", Glyph.COINS);
    private final Figure held = new Figure("held", "Held", Glyph.LOCK);
    private final Figure used = new Figure("used", "Used", Glyph.UP);
    private final Figure calls = new Figure("calls", "Calls", Glyph.LOG);
    private final Figure lastDay = new Figure("last-day", "Last 24 hours", Glyph.CLOCK);
    private final Figure runway = new Figure("runway", "Lasts", Glyph.SPARK);
    private final ChartPanel usage;
    private final Div recent = new Div();

    DashboardView(Visitor visitor, Site site, Keys keys, ReadModels readModels, IncidentMarks marks) {
        super("Dashboard", "");
        this.visitor = visitor;
        addClassName("view-flow");
        actions(Tool.plain("refresh", "Refresh", Glyph.REFRESH, click -> load()));
        Div figures = new Div(balance, runway, held, used, lastDay, calls);
        figures.addClassNames("figures", "figures-six");
        add(new DashboardTabs(visitor, DashboardView.class), figures);
        if (visitor.maySee(Role.ADMIN)) add(new SiteToday(visitor, readModels), new ChannelNews(visitor, marks));
        Anchor more = new Anchor("dashboard/models", "More by model");
        more.setId("more-models");
        usage = new ChartPanel("usage", "Usage by model, last 7 days", more);
        add(usage);
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
                "book",
                Marks.usd(now.available()),
                now.overdraft().isPositive()
                        ? Amounts.usd(now.overdraft()) + " overdrawn"
                        : Amounts.number(now.available().units()) + " quota");
        held.show("book", Marks.usd(now.held()), now.held().isZero() ? "no call is open" : "set aside for open calls");
        LogAddress all = LogAddress.charges().with(own(user));
        used.show(
                all.toString(), Marks.usd(now.used()), Amounts.number(now.used().units()) + " quota");
        calls.show(all.toString(), new Span(Amounts.number(now.calls())), "charged so far");
        showPace(user, now);
        draw();
        fillRecent(user);
    }

    /** In the log of everybody, only one's own. */
    private Map<String, String> own(UserId user) {
        return visitor.maySee(Role.ADMIN) ? LogAddress.user(user.value(), "") : Map.of();
    }

    private void showPace(UserId user, Balance balance) {
        // A whole minute, so that the log finds what is counted here.
        Instant yesterday = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MINUTES);
        Usage day = total(LogFilter.of(user).between(yesterday, null));
        lastDay.show(
                LogAddress.charges().with(own(user)).between(yesterday, null).toString(),
                Marks.usd(day.quota()),
                Amounts.number(day.calls()) + (day.calls() == 1 ? " call" : " calls"));
        Usage week = total(LogFilter.of(user).between(yesterday.minus(Duration.ofDays(6)), null));
        runway.show(
                LogAddress.charges()
                        .with(own(user))
                        .between(yesterday.minus(Duration.ofDays(6)), null)
                        .toString(),
                new Span(days(balance.available(), week.quota())),
                week.quota().isPositive() ? "at the pace of 7 days" : "nothing used in 7 days");
    }

    private Usage total(LogFilter filter) {
        return visitor.ask(UsageOver.whole(filter, Set.of())).stream()
                .map(PeriodUsage::used)
                .reduce(Usage.NONE, Usage::plus);
    }

    /** How long an amount lasts if it is used as in the last week. */
    private static String days(Quota available, Quota inAWeek) {
        if (!inAWeek.isPositive()) return "–";
        if (!available.isPositive()) return "0 days";
        BigDecimal days = BigDecimal.valueOf(available.units())
                .multiply(BigDecimal.valueOf(7))
                .divide(BigDecimal.valueOf(inAWeek.units()), 0, RoundingMode.DOWN);
        if (days.compareTo(LONG_DAYS) > 0) return "> " + Amounts.decimal(LONG_DAYS) + " days";
        return Amounts.decimal(days) + (days.compareTo(BigDecimal.ONE) == 0 ? " day" : " days");
    }

    private void draw() {
        UsageRange week = UsageRange.lastWeek(Instant.now(), Moments.zone());
        UserId whose = visitor.maySee(Role.ADMIN) ? null : visitor.user();
        LogFilter filter = LogFilter.of(whose).ofKind(LogKind.CONSUME).between(week.from(), week.last());
        List<PeriodUsage> used = visitor.ask(UsageOver.by(week.step(), filter, week.zone(), Set.of(Dimension.MODEL)));
        UsageSeries series =
                new UsageSeries(used, Stage.MODEL, UsageSeries.biggest(used, Stage.MODEL, Metric.COST, MODELS), week);
        if (series.lines().isEmpty()) {
            Supplier<Component> nothing = () ->
                    new Empty(Glyph.DASHBOARD, "No usage yet", "Calls show here by model as soon as they are charged.");
            usage.show(nothing, nothing);
            return;
        }
        LogAddress address = week.address();
        usage.show(
                () -> new Chart(
                                "usage-chart",
                                "Usage by model, last 7 days: " + Metric.COST.words(series.total())
                                        + ". The button Table shows the figures.",
                                true,
                                address.toString())
                        .over(series.marks(), Chart.Shape.BARS, series.lines(Metric.COST)),
                () -> UsageTables.byTime(series, Stage.MODEL, address));
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

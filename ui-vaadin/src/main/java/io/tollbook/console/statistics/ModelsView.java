package io.tollbook.console.statistics;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Chart;
import io.tollbook.console.page.ChartPanel;
import io.tollbook.console.page.Figure;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.Role;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What was used of which model, and when. */
@Route("dashboard/models")
@OpenTo(value = Role.USER, auditors = true)
class ModelsView extends UsagePage {
    private final ChartPanel consumption = new ChartPanel("consumption", "Use over time");
    private final ChartPanel trend = new ChartPanel("trend", "Calls over time");
    private final ChartPanel share = new ChartPanel("share", "Share");
    private final ChartPanel ranking = new ChartPanel("ranking", "Ranking");

    ModelsView(Visitor visitor) {
        super(
                "Usage by model",
                visitor,
                new UsageFilters()
                        .byTime()
                        .inShapes()
                        .ofTheBiggest()
                        .ofUsers(visitor.maySee(Role.ADMIN))
                        .asOf());
    }

    @Override
    void fill(Div page, UsageRange range) {
        List<PeriodUsage> usage = visitor.ask(
                UsageOver.by(range.step(), filters.filter(range, whose()), range.zone(), Set.of(Dimension.MODEL)));
        Metric metric = filters.metric();
        List<String> named = UsageSeries.biggest(usage, Stage.MODEL, metric, filters.top());
        UsageSeries series = new UsageSeries(usage, Stage.MODEL, named, range);
        LogAddress address = filters.address(range);
        page.add(figures(series.total(), range, address));
        if (series.lines().isEmpty()) {
            page.add(nothing());
            return;
        }
        String total = metric.words(series.total());
        consumption.show(
                () -> new Chart("consumption-chart", label("Use by model", total), metric.isMoney(), address.toString())
                        .over(series.marks(), filters.shape(), series.lines(metric)),
                () -> UsageTables.byTime(series, Stage.MODEL, address));
        trend.show(
                () -> new Chart(
                                "trend-chart",
                                label("Calls by model", Metric.CALLS.words(series.total())),
                                false,
                                address.toString())
                        .over(series.marks(), Chart.Shape.LINES, series.lines(Metric.CALLS)),
                () -> UsageTables.byTime(series, Stage.MODEL, address));
        share.show(
                () -> new Chart("share-chart", label("Share of models", total), metric.isMoney(), address.toString())
                        .shares(series.slices(metric, true)),
                () -> UsageTables.ranking(series, Stage.MODEL, metric, address));
        ranking.show(
                () -> new Chart(
                                "ranking-chart",
                                label("Ranking of models", total),
                                metric.isMoney(),
                                address.toString())
                        .ranking(series.slices(metric, false)),
                () -> UsageTables.ranking(series, Stage.MODEL, metric, address));
        page.add(consumption, Marks.box("halves", share, ranking), trend);
    }

    private String label(String what, String total) {
        return what + ", " + filters.words() + ": " + total + ". The button Table shows the figures.";
    }

    private static Div figures(Usage total, UsageRange range, LogAddress address) {
        String rows = address.toString();
        Figure cost = new Figure("total-cost", "Cost", Glyph.COINS);
        cost.show(rows, Marks.usd(total.quota()), Amounts.number(total.quota().units()) + " quota");
        Figure tokens = new Figure("total-tokens", "Tokens", Glyph.SPARK);
        tokens.show(
                rows,
                new Span(Amounts.number(total.tokens())),
                Amounts.number(total.tokensIn()) + " in · " + Amounts.number(total.tokensOut()) + " out");
        Figure calls = new Figure("total-calls", "Calls", Glyph.LOG);
        calls.show(rows, new Span(Amounts.number(total.calls())), "charged");
        Figure perMinute = new Figure("average-rpm", "RPM", Glyph.CLOCK);
        perMinute.show(rows, new Span(perMinute(total.calls(), range.length())), "calls a minute on average");
        Figure tokensPerMinute = new Figure("average-tpm", "TPM", Glyph.UP);
        tokensPerMinute.show(rows, new Span(perMinute(total.tokens(), range.length())), "tokens a minute on average");
        Div figures = new Div(cost, tokens, calls, perMinute, tokensPerMinute);
        figures.addClassNames("figures", "figures-five");
        return figures;
    }

    private static String perMinute(long count, Duration length) {
        BigDecimal average = BigDecimal.valueOf(count)
                .multiply(BigDecimal.valueOf(60))
                .divide(BigDecimal.valueOf(length.toSeconds()), 2, RoundingMode.HALF_UP);
        return average.signum() == 0 && count > 0 ? "< 0.01" : Amounts.decimal(average);
    }
}

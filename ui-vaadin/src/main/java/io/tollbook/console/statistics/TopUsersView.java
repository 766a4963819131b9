package io.tollbook.console.statistics;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Chart;
import io.tollbook.console.page.ChartPanel;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.statistics.Dimension;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who uses most, and since when. */
@Route("dashboard/users")
@OpenTo(value = Role.ADMIN, auditors = true)
class TopUsersView extends UsagePage {
    private final ChartPanel ranking = new ChartPanel("ranking", "Ranking");
    private final ChartPanel trend = new ChartPanel("trend", "Over time");

    TopUsersView(Visitor visitor) {
        super(
                "Usage by user",
                visitor,
                new UsageFilters()
                        .byTime()
                        .inShapes()
                        .ofTheBiggest()
                        .ofUsers(true)
                        .asOf());
    }

    @Override
    void fill(Div page, UsageRange range) {
        LogFilter filter = filters.filter(range, null);
        Metric metric = filters.metric();
        List<PeriodUsage> all = visitor.ask(UsageOver.whole(filter, Set.of(Dimension.USER)));
        if (all.isEmpty()) {
            page.add(nothing());
            return;
        }
        List<String> named = UsageSeries.biggest(all, Stage.USER, metric, filters.top());
        Set<UserId> apart =
                named.stream().map(id -> new UserId(Long.parseLong(id))).collect(Collectors.toSet());
        UsageSeries series = new UsageSeries(
                visitor.ask(new UsageOver(filter, range.step(), range.zone(), Set.of(Dimension.USER), apart)),
                Stage.USER,
                named,
                range);
        LogAddress address = filters.address(range);
        String label = ", " + filters.words() + ": " + metric.words(series.total())
                + " in all. The button Table shows the figures.";
        ranking.show(
                () -> new Chart("ranking-chart", "Who used most" + label, metric.isMoney(), address.toString())
                        .ranking(series.slices(metric, false)),
                () -> UsageTables.ranking(series, Stage.USER, metric, address));
        trend.show(
                () -> new Chart("trend-chart", "Usage by user" + label, metric.isMoney(), address.toString())
                        .over(series.marks(), filters.shape(), series.lines(metric)),
                () -> UsageTables.byTime(series, Stage.USER, address));
        page.add(ranking, trend);
    }
}

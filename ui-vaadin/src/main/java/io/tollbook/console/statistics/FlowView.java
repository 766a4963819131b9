package io.tollbook.console.statistics;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Chart;
import io.tollbook.console.page.ChartPanel;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.statistics.PeriodUsage;
import io.tollbook.kernel.statistics.Usage;
import io.tollbook.kernel.statistics.UsageOver;
import io.tollbook.kernel.user.Role;
import java.util.List;
import java.util.stream.Collectors;

/** Where usage comes from and where it goes: from keys to models, and for administrators from users to channels. */
@Route("dashboard/flow")
@OpenTo(value = Role.USER, auditors = true)
class FlowView extends UsagePage {
    private static final int NODE_PIXELS = 38;

    private final ChartPanel flow = new ChartPanel("flow", "From where to where");
    private final List<Stage> all;

    FlowView(Visitor visitor) {
        super(
                "Flow of usage",
                visitor,
                new UsageFilters()
                        .ofTheBiggest()
                        .ofUsers(visitor.maySee(Role.ADMIN))
                        .ofNodes(visitor.maySee(Role.ADMIN))
                        .hiding(stages(visitor))
                        .asOf());
        all = stages(visitor);
    }

    private static List<Stage> stages(Visitor visitor) {
        return visitor.maySee(Role.ADMIN) ? Stage.everybodys() : Stage.own();
    }

    @Override
    void fill(Div page, UsageRange range) {
        List<Stage> stages =
                all.stream().filter(stage -> !filters.hidden().contains(stage)).toList();
        if (stages.size() < 2) throw Refused.invalid("A flow needs two stages at least. Hide fewer of them.");
        List<PeriodUsage> usage = visitor.ask(UsageOver.whole(
                filters.filter(range, whose()),
                stages.stream().map(Stage::dimension).collect(Collectors.toSet())));
        if (usage.isEmpty()) {
            page.add(nothing());
            return;
        }
        Metric metric = filters.metric();
        LogAddress address = filters.address(range);
        Flow passed = new Flow(usage, stages, metric, filters.top());
        Usage total = usage.stream().map(PeriodUsage::used).reduce(Usage.NONE, Usage::plus);
        flow.show(() -> chart(passed, stages, total, address), () -> UsageTables.flow(passed, address));
        page.add(sums(total, address), flow);
    }

    private Div chart(Flow passed, List<Stage> stages, Usage total, LogAddress address) {
        Metric metric = filters.metric();
        Chart chart = new Chart(
                        "flow-chart",
                        "Flow from " + stages.getFirst().many() + " to "
                                + stages.getLast().many() + ", "
                                + filters.words() + ": " + metric.words(total)
                                + ". The button Table shows the figures.",
                        metric.isMoney(),
                        address.toString())
                .flow(passed.nodes(stages), passed.links(metric));
        long tallest = stages.stream()
                .mapToLong(stage -> passed.nodes().stream()
                        .filter(node -> node.stage() == stage)
                        .count())
                .max()
                .orElse(1);
        chart.getElement().getStyle().set("height", Math.max(320, tallest * NODE_PIXELS) + "px");
        Div heads = new Div();
        heads.addClassName("flow-heads");
        for (Stage stage : stages) heads.add(Marks.dim(stage.label()));
        return Marks.box("flow-frame", Marks.box("flow-inside", heads, chart));
    }

    private static Div sums(Usage total, LogAddress address) {
        Anchor calls = new Anchor(address.toString(), Amounts.number(total.calls()));
        calls.setId("flow-calls");
        return Marks.box(
                "sums",
                Marks.row(Marks.dim("Cost"), new Anchor(address.toString(), Amounts.usd(total.quota()))),
                Marks.row(Marks.dim("Tokens"), new Anchor(address.toString(), Amounts.number(total.tokens()))),
                Marks.row(Marks.dim("Calls"), calls));
    }
}

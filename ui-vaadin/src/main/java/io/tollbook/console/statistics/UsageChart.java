package io.tollbook.console.statistics;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import io.tollbook.console.statistics.UsageTable.Bar;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bars per hour or day, stacked by model. Drawn by {@code console/usage-chart.js} with ECharts. */
@Tag("usage-chart")
class UsageChart extends Component {
    UsageChart() {
        getElement().setAttribute("role", "img");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        event.getUI().getPage().addJsModule("context://console/usage-chart.js");
    }

    /** @param label what the chart shows, for who cannot see it */
    void show(UsageTable table, UsageTable.Figure figure, String label) {
        getElement().setAttribute("aria-label", label);
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode data = json.objectNode();
        data.put("unit", figure == UsageTable.Figure.COST ? "usd" : "count");
        ArrayNode times = data.putArray("times");
        table.times().forEach(times::add);
        ArrayNode series = data.putArray("series");
        for (String model : table.models()) {
            ObjectNode one = series.addObject();
            one.put("name", model);
            ArrayNode values = one.putArray("values");
            List<Bar> bars = table.bars(model);
            bars.forEach(bar -> values.add(figure.of(bar)));
        }
        getElement().setPropertyJson("usage", data);
    }
}

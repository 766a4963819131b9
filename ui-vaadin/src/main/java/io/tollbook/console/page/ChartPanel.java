package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A chart under its title, or the same figures as a table, in which each is a link. */
public class ChartPanel extends Div {
    private final Div body = new Div();
    private final Button toggle;
    private final String title;
    private boolean asTable;
    private @Nullable Supplier<Component> chart;
    private @Nullable Supplier<Component> table;

    /** @param tools beside the title */
    public ChartPanel(String id, String title, Component... tools) {
        this.title = title;
        setId(id);
        addClassNames("panel", "panel-pad");
        toggle = Tool.plain(id + "-table", "Table", Glyph.LOG, click -> {
            asTable = !asTable;
            draw();
        });
        Div right = new Div(tools);
        right.add(toggle);
        right.addClassName("chart-tools");
        Div head = new Div(new H2(title), right);
        head.addClassName("panel-head");
        body.addClassName("chart-body");
        add(head, body);
    }

    /** Both are made when they are looked at. */
    public void show(Supplier<Component> newChart, Supplier<Component> newTable) {
        chart = newChart;
        table = newTable;
        draw();
    }

    private void draw() {
        toggle.setText(asTable ? "Chart" : "Table");
        toggle.setAriaLabel(title + (asTable ? " as a chart" : " as a table"));
        body.removeAll();
        Supplier<Component> shown = asTable ? table : chart;
        if (shown != null) body.add(shown.get());
    }
}

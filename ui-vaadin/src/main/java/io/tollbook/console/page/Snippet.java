package io.tollbook.console.page;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import java.util.function.Supplier;

/** Lines to copy and run. */
public class Snippet extends Div {
    private final Pre lines = new Pre();

    /** @param whole what is copied; it may hold a secret that is not shown */
    public Snippet(String id, String what, Supplier<String> whole) {
        addClassName("snippet");
        lines.setId(id);
        lines.getElement().setAttribute("tabindex", "0");
        Button copy = Clip.button(what, whole);
        copy.setId(id + "-copy");
        add(lines, copy);
    }

    public void show(String text) {
        lines.setText(text);
    }
}

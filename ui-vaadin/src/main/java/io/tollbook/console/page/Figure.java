package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** One number that matters, with its name above and a remark below. */
public class Figure extends Div {
    private final Div value = new Div();
    private final Span remark = new Span();

    public Figure(String id, String name, Glyph glyph) {
        setId(id);
        addClassNames("panel", "figure");
        Div head = new Div(new Span(name), glyph.icon());
        head.addClassName("figure-head");
        value.addClassName("figure-value");
        remark.addClassName("dim");
        add(head, value, remark);
    }

    public void show(Component number, String words) {
        value.removeAll();
        value.add(number);
        remark.setText(words);
    }

    public void show(String number, String words) {
        show(new Span(number), words);
    }
}

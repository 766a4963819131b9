package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import org.jspecify.annotations.Nullable;

/** One number that matters, with its name above and a remark below. */
public class Figure extends Div {
    private final Div value = new Div();
    private final Span remark = new Span();
    private @Nullable String address;

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
        value.add(address == null ? number : new Anchor(address, number));
        remark.setText(words);
    }

    /** @param rows where what the number counts can be read one by one */
    public void show(String rows, Component number, String words) {
        address = rows;
        show(number, words);
    }

    public void show(String number, String words) {
        show(new Span(number), words);
    }
}

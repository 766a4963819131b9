package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;

/** Where there is nothing to show: says so, and offers the next step. */
public class Empty extends Div {
    public Empty(Glyph glyph, String title, String words, Component... next) {
        addClassName("empty");
        add(glyph.icon(), new H2(title), new Paragraph(words));
        if (next.length > 0) add(Marks.box("empty-next", next));
    }
}

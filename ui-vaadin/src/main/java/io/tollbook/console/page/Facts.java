package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Span;

/** Names and values, one pair a line. */
@Tag("dl")
public class Facts extends HtmlContainer {
    @Tag("dt")
    private static class Name extends HtmlContainer {
        Name(String text) {
            setText(text);
        }
    }

    @Tag("dd")
    private static class Value extends HtmlContainer {
        Value(Component value) {
            add(value);
        }
    }

    public Facts() {
        addClassName("facts");
    }

    public Facts add(String name, Component value) {
        add(new Name(name), new Value(value));
        return this;
    }

    /** Leaves the line out where there is nothing to say. */
    public Facts add(String name, String value) {
        return value.isEmpty() ? this : add(name, new Span(value));
    }
}

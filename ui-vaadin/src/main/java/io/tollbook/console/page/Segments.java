package io.tollbook.console.page;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import java.util.List;
import java.util.function.Function;

/** A choice between two or three ways to see the same thing, side by side. */
public class Segments<E> extends RadioButtonGroup<E> {
    /** @param name what is chosen, for screen readers */
    public Segments(String name, List<E> values, Function<E, String> words) {
        addClassName("segments");
        setAriaLabel(name);
        setItems(values);
        setItemLabelGenerator(words::apply);
    }
}

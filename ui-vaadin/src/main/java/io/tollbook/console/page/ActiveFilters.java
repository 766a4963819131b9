package io.tollbook.console.page;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import java.util.List;

/**
 * Which filters narrow a list, each with a cross that takes it away. On a phone, where the fields would fill the screen, they
 * stay folded behind a button.
 */
public class ActiveFilters extends Div {
    private final Filters filters;
    private final Button fold;
    private final Div chips = new Div();

    public ActiveFilters(Filters filters) {
        this.filters = filters;
        addClassName("active-filters");
        fold = Tool.plain("filters-fold", "Filters", Glyph.SEARCH, click -> fold(!isOpen()));
        fold.addClassName("filters-fold");
        chips.addClassName("chips");
        add(fold, chips);
        fold(false);
    }

    private boolean isOpen() {
        return filters.hasClassName("open");
    }

    private void fold(boolean open) {
        filters.setClassName("open", open);
        fold.getElement().setAttribute("aria-expanded", Boolean.toString(open));
    }

    /** Call it when the filters have changed. */
    public void show() {
        List<Filters.Active> active = filters.active();
        fold.setText(active.isEmpty() ? "Filters" : "Filters (" + active.size() + ")");
        chips.removeAll();
        for (Filters.Active one : active) chips.add(chip(one));
        if (active.size() > 1) {
            Button all = new Button("Clear all", click -> filters.clear());
            all.setId("filters-clear");
            all.addThemeVariants(ButtonVariant.TERTIARY);
            chips.add(all);
        }
    }

    private Button chip(Filters.Active one) {
        Button chip =
                new Button(one.label() + ": " + one.value(), Glyph.CROSS.icon(), click -> filters.clear(one.name()));
        chip.setId("active-" + one.name());
        chip.setIconAfterText(true);
        chip.addClassName("chip");
        chip.setAriaLabel("No longer filter by " + one.label() + ": " + one.value());
        return chip;
    }
}

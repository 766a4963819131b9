package io.tollbook.console.page;

import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;

/** Buttons, by weight. */
public final class Tool {
    private Tool() {}

    /** The one thing that most people came for. */
    public static Button primary(
            String id, String label, Glyph glyph, ComponentEventListener<ClickEvent<Button>> listener) {
        Button button = plain(id, label, glyph, listener);
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    public static Button plain(
            String id, String label, Glyph glyph, ComponentEventListener<ClickEvent<Button>> listener) {
        Button button = new Button(label, glyph.icon(), listener);
        button.setId(id);
        return button;
    }

    /** A button that shows its icon only, in a row of a list; the label is for screen readers and the tooltip. */
    public static Button icon(String label, Glyph glyph, ComponentEventListener<ClickEvent<Button>> listener) {
        Button button = new Button(glyph.icon(), listener);
        button.addThemeVariants(ButtonVariant.TERTIARY);
        button.addClassName("icon-button");
        button.setAriaLabel(label);
        button.setTooltipText(label);
        return button;
    }
}

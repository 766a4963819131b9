package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.kernel.account.Quota;
import java.util.Locale;

/** Small pieces of text with a look. */
public final class Marks {
    public enum Tone {
        NEUTRAL,
        GOOD,
        WARNING,
        BAD,
        ACCENT
    }

    private Marks() {}

    public static Span text(String text, String... classes) {
        Span span = new Span(text);
        span.addClassNames(classes);
        return span;
    }

    public static Span dim(String text) {
        return text(text, "dim");
    }

    /** Names, keys and ids: things that are copied letter by letter. */
    public static Span code(String text) {
        return text(text, "code");
    }

    public static Span pill(String text, Tone tone) {
        return text(text, "pill", "pill-" + tone.name().toLowerCase(Locale.ROOT));
    }

    /** An exact amount of which the cents catch the eye and the rest stands back. */
    public static Component usd(Quota quota) {
        String exact = Amounts.usd(quota);
        Span span = dollars(exact);
        span.setTitle(exact + " = " + Amounts.number(quota.units()) + " quota");
        return span;
    }

    /** The same of billionths of a dollar, as costs are. */
    public static Span nanoUsd(long nanoUsd) {
        return dollars(Amounts.nanoUsd(nanoUsd));
    }

    private static Span dollars(String exact) {
        int cents = exact.indexOf('.') + 3;
        Span span = text(exact.substring(0, cents), "usd");
        if (cents < exact.length()) span.add(text(exact.substring(cents), "usd-rest"));
        return span;
    }

    /** One line above another, both in one cell. */
    public static Div stacked(Component above, Component below) {
        Div div = new Div(above, below);
        div.addClassName("stacked");
        return div;
    }

    public static Div row(Component... parts) {
        Div div = new Div(parts);
        div.addClassName("row");
        return div;
    }

    public static Div box(String cssClass, Component... parts) {
        Div div = new Div(parts);
        div.addClassName(cssClass);
        return div;
    }
}

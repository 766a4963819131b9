package io.tollbook.console.page;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import java.util.function.Supplier;

/** Puts text into the browser's clipboard. */
public final class Clip {
    // Browsers offer the clipboard to https and localhost only; elsewhere the old way still works.
    private static final String COPY = """
            const text = $0;
            const old = () => {
              const area = document.createElement('textarea');
              area.value = text;
              area.style.position = 'fixed';
              area.style.opacity = '0';
              document.body.append(area);
              area.select();
              document.execCommand('copy');
              area.remove();
            };
            if (navigator.clipboard) navigator.clipboard.writeText(text).catch(old); else old();
            """;

    private Clip() {}

    public static void copy(String text, String what) {
        UI.getCurrent().getPage().executeJs(COPY, text);
        Notices.done(what + " copied.");
    }

    /** A small button that copies what the supplier gives when it is pressed. */
    public static Button button(String what, Supplier<String> text) {
        return Tool.icon(
                "Copy " + what,
                Glyph.COPY,
                click -> Notices.attempt(
                        () -> copy(text.get(), Character.toUpperCase(what.charAt(0)) + what.substring(1))));
    }
}

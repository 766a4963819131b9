package io.tollbook.console.page;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import io.tollbook.kernel.account.Quota;
import org.jspecify.annotations.Nullable;

/** What is used of what may be used, as a thin bar with the exact amounts beside it. */
public final class Meter {
    private Meter() {}

    /** @param remaining what may still be used; null for no limit */
    public static Component of(Quota used, @Nullable Quota remaining) {
        if (remaining == null)
            return Marks.stacked(Marks.row(Marks.usd(used), Marks.dim("used")), Marks.dim("no limit"));
        Quota whole = used.plus(remaining);
        // A width in whole percent decides nothing about money.
        long percent =
                whole.isPositive() ? Math.max(0, Math.min(100, used.units() / Math.max(1, whole.units() / 100))) : 100;
        Div fill = new Div();
        fill.addClassName("meter-fill");
        fill.getStyle().setWidth(percent + "%");
        Div bar = new Div(fill);
        bar.addClassNames("meter", percent > 90 ? "meter-high" : "meter-low");
        bar.getElement().setAttribute("aria-hidden", "true");
        return Marks.stacked(Marks.row(Marks.usd(remaining), Marks.dim("of " + Amounts.usd(whole) + " left")), bar);
    }
}

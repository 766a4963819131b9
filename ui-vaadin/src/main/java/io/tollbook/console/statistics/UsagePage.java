package io.tollbook.console.statistics;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.ActiveFilters;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A page of the dashboard that shows figures of some time. All that was chosen stands in its address. */
abstract class UsagePage extends View implements AfterNavigationObserver {
    protected final Visitor visitor;
    protected final UsageFilters filters;
    private final DashboardTabs tabs;
    private final ActiveFilters active;
    private final Div past = new Div();
    private final Div content = new Div();

    UsagePage(String title, Visitor visitor, UsageFilters filters) {
        super(title, "");
        this.visitor = visitor;
        this.filters = filters;
        addClassName("view-flow");
        tabs = new DashboardTabs(visitor, getClass());
        active = new ActiveFilters(filters);
        actions(Tool.plain("refresh", "Refresh", Glyph.REFRESH, click -> load()));
        past.setId("past");
        past.addClassNames("past", "panel");
        content.addClassName("stack");
        add(tabs, filters, active, past, content);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        active.show();
        tabs.carry(filters.common());
        showPast();
        load();
    }

    private void showPast() {
        Instant moment = filters.pastMoment();
        past.setVisible(moment != null);
        past.removeAll();
        if (moment == null) return;
        Button now = new Button("Back to now", click -> filters.backToNow());
        now.setId("back-to-now");
        now.addThemeVariants(ButtonVariant.SMALL);
        past.add(
                Glyph.CLOCK.icon(),
                new Span("As of " + Moments.second(moment)
                        + ". What was recorded later is left out; names are those of today."),
                now);
    }

    private void load() {
        content.removeAll();
        try {
            fill(content, filters.range());
        } catch (Refused refused) {
            content.removeAll();
            content.add(panel(new Empty(Glyph.ALERT, "These figures cannot be shown", refused.getMessage())));
        }
    }

    abstract void fill(Div page, UsageRange range);

    protected boolean everybody() {
        return visitor.maySee(Role.ADMIN);
    }

    /** Whose figures are shown; null for everybody's. */
    protected @Nullable UserId whose() {
        return everybody() ? null : visitor.user();
    }

    protected static Div nothing() {
        return panel(new Empty(
                Glyph.DASHBOARD,
                "No usage in this time",
                "Calls count as soon as they are charged. Choose another time, or fewer filters."));
    }

    private static Div panel(Empty empty) {
        Div panel = new Div(empty);
        panel.addClassName("panel");
        return panel;
    }
}

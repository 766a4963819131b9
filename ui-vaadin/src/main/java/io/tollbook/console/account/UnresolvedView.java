package io.tollbook.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.View;
import io.tollbook.kernel.account.UnresolvedCall;
import io.tollbook.kernel.account.UnresolvedCalls;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls whose process died under them: the money went back, and an administrator decides what they cost. */
@Route("unresolved")
@OpenTo(value = Role.ADMIN, auditors = true)
class UnresolvedView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final CallFilters filters = new CallFilters();
    private final Select<Boolean> decided;
    private final ListGrid<UnresolvedCall> list = new ListGrid<>(
            "unresolved",
            "Unresolved calls",
            new Empty(
                    Glyph.CHECK,
                    "No call waits for a decision",
                    "Calls come here when their process dies, or when their lease ends before they do."));

    UnresolvedView(Visitor visitor) {
        super("Unresolved calls", "Nobody saw how they ended. Their holds went back; what they cost is decided here.");
        this.visitor = visitor;
        decided = filters.choice("state", "State", List.of(true), one -> "Decided", one -> "decided");
        decided.setEmptySelectionCaption("Waiting");
        decided.setItemLabelGenerator(one -> one == null ? "Waiting" : "Decided");
        columns();
        add(filters, list.panel());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        list.source((paging, order) ->
                visitor.ask(new UnresolvedCalls(filters.filter(), Boolean.TRUE.equals(decided.getValue()), paging)));
    }

    private void columns() {
        list.addComponentColumn(call -> CallCells.age(call.releasedAt(), Instant.now()))
                .setHeader("Since")
                .setWidth("172px")
                .setFlexGrow(0);
        list.addComponentColumn(call -> CallCells.who(call))
                .setHeader("User, key")
                .setWidth("130px")
                .setFlexGrow(1);
        list.addComponentColumn(call -> CallCells.what(call))
                .setHeader("Model, channel")
                .setWidth("150px")
                .setFlexGrow(1);
        list.addComponentColumn(call -> Marks.usd(call.held()))
                .setHeader("Had held")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("124px")
                .setFlexGrow(0);
        list.addComponentColumn(UnresolvedView::state)
                .setHeader("Decision")
                .setWidth("170px")
                .setFlexGrow(1);
        list.addComponentColumn(call -> CallCells.request(call))
                .setHeader("Request")
                .setWidth("140px")
                .setFlexGrow(1);
        list.addComponentColumn(this::tool)
                .setHeader("")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("124px")
                .setFlexGrow(0);
        list.cards(call -> {
            Div card = new Div(
                    Marks.box("card-line", CallCells.who(call), Marks.usd(call.held())),
                    Marks.box("card-line", CallCells.what(call), state(call)),
                    Marks.box("card-line", CallCells.age(call.releasedAt(), Instant.now()), tool(call)));
            card.addClassName("card-row");
            return card;
        });
    }

    private static Component state(UnresolvedCall call) {
        UnresolvedCall.@Nullable Decision decision = call.decision();
        if (decision == null) return Marks.pill("waiting", Marks.Tone.WARNING);
        Component word = switch (decision.resolution()) {
            case CHARGED -> Marks.pill("charged " + Amounts.usd(decision.charged()), Marks.Tone.ACCENT);
            case WRITTEN_OFF -> Marks.pill("written off", Marks.Tone.BAD);
            case LEFT_WITH_CUSTOMER -> Marks.pill("left with customer", Marks.Tone.GOOD);
        };
        String by = decision.byName().isEmpty() ? "user " + decision.by() : decision.byName();
        Component both = Marks.stacked(Marks.row(word), Marks.dim(by + ": " + decision.reason()));
        both.getElement().setAttribute("title", by + ", " + Moments.second(decision.at()) + ": " + decision.reason());
        return both;
    }

    private Button tool(UnresolvedCall call) {
        UnresolvedCall.@Nullable Decision decision = call.decision();
        Button button = decision == null
                ? new Button("Resolve…", click -> new ResolveDialog(visitor, call, list::reload).open())
                : new Button("Take back…", click -> new ReopenDialog(visitor, call, decision, list::reload).open());
        button.addClassName(decision == null ? "resolve" : "reopen");
        button.setVisible(!visitor.isAuditor());
        return button;
    }
}

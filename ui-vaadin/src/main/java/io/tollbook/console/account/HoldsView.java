package io.tollbook.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.account.ListedHold;
import io.tollbook.kernel.account.OpenHolds;
import io.tollbook.kernel.user.Role;
import java.time.Duration;
import java.time.Instant;

/** Money that is set aside for calls under way, the oldest first. */
@Route("holds")
@OpenTo(value = Role.ADMIN, auditors = true)
class HoldsView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final CallFilters filters = new CallFilters();
    private final ListGrid<ListedHold> list = new ListGrid<>(
            "holds",
            "Open holds",
            new Empty(
                    Glyph.COINS,
                    "Nothing is held",
                    "A call holds the most it can cost until it ends. None that matches is under way."));

    HoldsView(Visitor visitor) {
        super("Open holds", "Set aside for calls under way. Each ends with its call, or with its lease.");
        this.visitor = visitor;
        actions(Tool.plain("refresh", "Refresh", Glyph.REFRESH, click -> list.reload()));
        columns();
        add(filters, list.panel());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        list.source((paging, order) -> visitor.ask(new OpenHolds(filters.filter(), paging)));
    }

    private void columns() {
        list.addComponentColumn(row -> CallCells.age(row.open().at(), Instant.now()))
                .setHeader("Held")
                .setWidth("172px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> CallCells.who(row))
                .setHeader("User, key")
                .setWidth("140px")
                .setFlexGrow(1);
        list.addComponentColumn(row -> CallCells.what(row))
                .setHeader("Model, channel")
                .setWidth("150px")
                .setFlexGrow(1);
        list.addComponentColumn(row -> Marks.usd(row.open().amount()))
                .setHeader("Amount")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("124px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> lease(row, Instant.now()))
                .setHeader("Lease, node")
                .setWidth("130px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> CallCells.request(row))
                .setHeader("Request")
                .setWidth("150px")
                .setFlexGrow(1);
        list.addComponentColumn(this::release)
                .setHeader("")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("116px")
                .setFlexGrow(0);
        list.cards(row -> {
            Div card = new Div(
                    Marks.box(
                            "card-line",
                            CallCells.who(row),
                            Marks.usd(row.open().amount())),
                    Marks.box("card-line", CallCells.what(row), lease(row, Instant.now())),
                    Marks.box("card-line", CallCells.age(row.open().at(), Instant.now()), release(row)));
            card.addClassName("card-row");
            return card;
        });
    }

    private static Component lease(ListedHold row, Instant now) {
        Duration left = Duration.between(now, row.open().leaseEnd());
        Component lease =
                left.isNegative() ? Marks.text("ended", "bad") : new Span(Moments.length(left.toMillis()) + " left");
        String node = row.open().node();
        Component both = Marks.stacked(lease, Marks.dim(node.length() > 8 ? node.substring(0, 8) : node));
        both.getElement()
                .setAttribute(
                        "title", "Lease until " + Moments.second(row.open().leaseEnd()) + ", node " + node);
        return both;
    }

    private Button release(ListedHold row) {
        Button button = new Button("Release…", click -> new ReleaseDialog(visitor, row, list::reload).open());
        button.addClassName("release");
        button.setVisible(!visitor.isAuditor());
        return button;
    }
}

package io.tollbook.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.View;
import io.tollbook.kernel.account.AdjustmentState;
import io.tollbook.kernel.account.Adjustments;
import io.tollbook.kernel.account.ListedAdjustment;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.WithdrawAdjustment;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Changes of quota that are too large for one person: what waits for a second one, and how others ended. */
@Route("quota-changes")
@OpenTo(value = Role.ADMIN, auditors = true)
class QuotaChangesView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final Filters filters = new Filters();
    private final TextField username;
    private final Select<Boolean> ended;
    private final ListGrid<ListedAdjustment> list = new ListGrid<>(
            "quota-changes",
            "Quota changes",
            new Empty(
                    Glyph.CHECK,
                    "No quota change waits",
                    "Changes by hand come here when they are above the option tollbook.second_person_above."));

    QuotaChangesView(Visitor visitor) {
        super("Quota changes", "Too large for one person: they take effect when another administrator approves them.");
        this.visitor = visitor;
        username = filters.text("user", "User");
        username.setPrefixComponent(Glyph.SEARCH.icon());
        username.setTooltipText("Exact; % stands for anything");
        ended = filters.choice("state", "State", List.of(true), one -> "Ended", one -> "ended");
        ended.setEmptySelectionCaption("Waiting");
        ended.setItemLabelGenerator(one -> one == null ? "Waiting" : "Ended");
        columns();
        add(filters, list.panel());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        String name = username.getValue().strip();
        list.source((paging, order) -> visitor.ask(
                new Adjustments(null, name.isEmpty() ? null : name, Boolean.TRUE.equals(ended.getValue()), paging)));
    }

    private void columns() {
        list.addComponentColumn(row -> CallCells.age(row.requestedAt(), Instant.now()))
                .setHeader("Asked for")
                .setWidth("172px")
                .setFlexGrow(0);
        list.addComponentColumn(QuotaChangesView::user)
                .setHeader("User")
                .setWidth("120px")
                .setFlexGrow(1);
        list.addComponentColumn(row -> Marks.text(words(row), "strong"))
                .setHeader("Change")
                .setWidth("150px")
                .setFlexGrow(1);
        list.addComponentColumn(QuotaChangesView::balance)
                .setHeader("Balance")
                .setWidth("190px")
                .setFlexGrow(1);
        list.addComponentColumn(QuotaChangesView::why)
                .setHeader("By, reason")
                .setWidth("170px")
                .setFlexGrow(2);
        list.addComponentColumn(QuotaChangesView::state)
                .setHeader("State")
                .setWidth("150px")
                .setFlexGrow(1);
        list.addComponentColumn(this::tool)
                .setHeader("")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("124px")
                .setFlexGrow(0);
        list.cards(row -> {
            Div card = new Div(
                    Marks.box("card-line", user(row), Marks.text(words(row), "strong")),
                    Marks.box("card-line", balance(row), state(row)),
                    Marks.box("card-line", why(row), tool(row)));
            card.addClassName("card-row");
            return card;
        });
    }

    /** What is wanted, in words: {@code add $10.00}. */
    static String words(ListedAdjustment row) {
        return switch (row.mode()) {
            case ADD -> "add " + Amounts.usd(row.value());
            case SUBTRACT -> "take " + Amounts.usd(row.value());
            case OVERRIDE -> "set to " + Amounts.usd(row.value());
        };
    }

    static String name(ListedAdjustment row) {
        return row.username().isEmpty() ? "user " + row.account().value() : row.username();
    }

    static String requester(ListedAdjustment row) {
        return row.requestedByName().isEmpty() ? "user " + row.requestedBy().value() : row.requestedByName();
    }

    private static Component user(ListedAdjustment row) {
        Anchor book = new Anchor("book/" + row.account().value(), name(row));
        book.setTitle("The book of this account");
        return book;
    }

    /** Before and after: of an approved change as they were, of others as they would be now. */
    private static Component balance(ListedAdjustment row) {
        ListedAdjustment.@Nullable Decision decision = row.decision();
        if (row.state() == AdjustmentState.PENDING) return fromTo(row.availableNow(), row.afterwards());
        if (decision == null || decision.before() == null || decision.after() == null) return Marks.dim("unchanged");
        return fromTo(decision.before(), decision.after());
    }

    private static Component fromTo(Quota before, Quota after) {
        Span line = new Span(Amounts.usd(before) + " → " + Amounts.usd(after));
        return Marks.stacked(line, Marks.dim(Amounts.change(after.minus(before))));
    }

    private static Component why(ListedAdjustment row) {
        Component both = Marks.stacked(new Span(requester(row)), Marks.dim(row.reason()));
        both.getElement().setAttribute("title", row.reason());
        return both;
    }

    private static Component state(ListedAdjustment row) {
        ListedAdjustment.@Nullable Decision decision = row.decision();
        if (decision == null)
            return Marks.stacked(
                    Marks.row(Marks.pill("waiting", Marks.Tone.WARNING)),
                    Marks.dim("until " + Moments.minute(row.expiresAt())));
        String word = row.state().name().toLowerCase(Locale.ROOT);
        Component pill = Marks.pill(
                word,
                switch (row.state()) {
                    case APPROVED -> Marks.Tone.GOOD;
                    case REJECTED -> Marks.Tone.BAD;
                    default -> Marks.Tone.NEUTRAL;
                });
        String by = decision.by() == 0
                ? "nobody decided in time"
                : (decision.byName().isEmpty() ? "user " + decision.by() : decision.byName())
                        + (decision.reason().isEmpty() ? "" : ": " + decision.reason());
        Component both = Marks.stacked(Marks.row(pill), Marks.dim(by));
        both.getElement().setAttribute("title", by + ", " + Moments.second(decision.at()));
        return both;
    }

    private Component tool(ListedAdjustment row) {
        boolean own = row.requestedBy().equals(visitor.user());
        Button button = own
                ? new Button("Withdraw…", click -> withdraw(row))
                : new Button("Decide…", click -> new DecideDialog(visitor, row, list::reload).open());
        button.addClassName(own ? "withdraw" : "decide");
        button.setVisible(row.state() == AdjustmentState.PENDING && !visitor.isAuditor());
        return button;
    }

    private void withdraw(ListedAdjustment row) {
        Confirm.plain("Withdraw this request?", "Nothing changes. It can be asked for again.", "Withdraw", () -> {
            visitor.send(new WithdrawAdjustment(row.adjustment(), Instant.now()));
            list.reload();
            Notices.done("Request withdrawn.");
        });
    }
}

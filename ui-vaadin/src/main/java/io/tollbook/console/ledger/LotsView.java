package io.tollbook.console.ledger;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.ledger.Cutoff;
import io.tollbook.kernel.ledger.LedgerExport;
import io.tollbook.kernel.ledger.LotSummary;
import io.tollbook.kernel.ledger.LotsOf;
import io.tollbook.kernel.user.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Where an account's quota came from, in the order in which it burns, and where all of each lot went. */
@Route("lots")
@RouteAlias("lots/:account")
@OpenTo(value = Role.USER, auditors = true)
class LotsView extends View implements BeforeEnterObserver, AfterNavigationObserver {
    private final Visitor visitor;
    private final LedgerExport export;
    private final Filters filters = new Filters();
    private final Checkbox emptyToo = new Checkbox("Empty ones too");
    private final Div files = new Div();
    private final ListGrid<LotSummary> list;
    private AccountId account = new AccountId(1);
    private boolean own = true;

    LotsView(Visitor visitor, LedgerExport export) {
        super(
                "Lots",
                "Each grant of quota with what was paid for it and where it went. Calls burn the first lot first.");
        this.visitor = visitor;
        this.export = export;
        filters.add("empty", emptyToo, yes -> yes ? "yes" : null, "yes"::equals);
        list = new ListGrid<>(
                "lots", "Lots", new Empty(Glyph.BOOK, "No lots", "Nothing that was granted here has anything left."));
        columns();
        files.addClassNames("panel", "panel-pad");
        add(filters, list.panel(), files);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<String> named = event.getRouteParameters().get("account");
        account = AccountId.of(visitor.user());
        own = true;
        if (named.isEmpty()) return;
        if (!named.get().matches("[1-9][0-9]{0,17}")) throw new Refused(Refusal.ACCOUNT_UNKNOWN);
        AccountId wanted = new AccountId(Long.parseLong(named.get()));
        own = wanted.equals(account);
        if (!own && !visitor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
        account = wanted;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        boolean all = emptyToo.getValue();
        list.source((paging, order) -> visitor.ask(new LotsOf(account, all, paging)));
        files.removeAll();
        files.add(
                new H2(own ? "Take your books with you" : "The books of account " + account.value()),
                Downloads.all(export, visitor, account, Cutoff.NOW));
    }

    private void columns() {
        list.addColumn(lot -> lot.burns() == 0 ? "–" : Long.toString(lot.burns()))
                .setHeader("Burns")
                .setWidth("80px")
                .setFlexGrow(0);
        list.addComponentColumn(lot -> Marks.stacked(
                        new Span(lot.cause()), Marks.text(lot.lot().value(), "dim", "code")))
                .setHeader("Lot")
                .setWidth("220px");
        list.addComponentColumn(LotsView::origin).setHeader("Class, price paid").setWidth("170px");
        amount("Granted", LotSummary::granted);
        amount("Used", LotsView::used);
        amount("Expired", LotSummary::expired);
        amount("Taken", LotSummary::taken);
        amount("Held", LotSummary::held);
        amount("Left", LotSummary::left);
        list.addComponentColumn(LotsView::expiry).setHeader("Expires").setWidth("170px");
        list.addComponentColumn(this::calls).setHeader("").setWidth("110px").setFlexGrow(0);
        list.cards(lot -> {
            Div card = new Div(
                    Marks.box("card-line", Marks.text(lot.cause(), "strong"), Marks.usd(lot.left())),
                    Marks.box("card-line", origin(lot), expiry(lot)),
                    Marks.box(
                            "card-line",
                            Marks.row(
                                    Marks.dim("of"),
                                    Marks.usd(lot.granted()),
                                    Marks.dim("held"),
                                    Marks.usd(lot.held())),
                            calls(lot)));
            card.addClassName("card-row");
            return card;
        });
    }

    private Grid.Column<LotSummary> amount(String name, java.util.function.Function<LotSummary, Quota> of) {
        return list.addComponentColumn(lot -> Marks.usd(of.apply(lot)))
                .setHeader(name)
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("120px")
                .setFlexGrow(0);
    }

    /** What paid an overdraft had been used before it was there. */
    private static Quota used(LotSummary lot) {
        return lot.used().plus(lot.repaid());
    }

    private static Component origin(LotSummary lot) {
        return Marks.stacked(
                new Span(LotWords.name(lot.lotClass())),
                Marks.dim(lot.price() == null ? "free" : LotWords.money(lot.price())));
    }

    private static Component expiry(LotSummary lot) {
        Instant expiresAt = lot.expiresAt();
        return expiresAt == null ? Marks.dim("never") : new Span(Moments.second(expiresAt));
    }

    /** The book finds a lot in everything that burned it; the stored event there names the lots of a call. */
    private Component calls(LotSummary lot) {
        String path = own ? "book" : "book/" + account.value();
        return new Anchor(
                path + "?q=" + URLEncoder.encode(lot.lot().value(), StandardCharsets.UTF_8), "What burned it");
    }
}

package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.ActiveFilters;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PricedBy;
import io.tollbook.kernel.pricing.PricesFor;
import io.tollbook.kernel.pricing.PublicPrices;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.List;

/** What can be called and what it costs, for whoever looks: a stranger sees what a newcomer would pay. */
@Route("pricing")
@OpenTo(value = Role.GUEST, auditors = true, gate = OpenTo.Gate.PRICING)
class PricingView extends View implements AfterNavigationObserver {
    private static final int CARDS = 30;

    private final Visitor visitor;
    private final Site site;
    private final PricingFilters filters;
    private final ActiveFilters active;
    private final ListGrid<OfferedModel> table;
    private final Div tablePanel;
    private final Div cards = new Div();
    private final Div pager = new Div();
    private final Span count = new Span();
    private Tariff tariff;

    PricingView(Visitor visitor, Site site) {
        super("Models and prices", "What you can call here, and what it costs.");
        this.visitor = visitor;
        this.site = site;
        filters = new PricingFilters(offered(visitor));
        active = new ActiveFilters(filters);
        tariff = filters.tariff(site.currency());
        actions(filters.looks());
        cards.setId("offers");
        cards.addClassName("offers");
        count.setId("offers-count");
        pager.addClassName("pager");
        table = new ListGrid<>("offers-table", "Models and prices", none());
        columns();
        tablePanel = table.panel();
        Div foot = new Div(count, pager);
        foot.addClassName("list-foot");
        add(filters, active, cards, tablePanel, foot);
    }

    static PriceList offered(Visitor visitor) {
        return visitor.ask(visitor.actor().user() == null ? new PublicPrices() : new PricesFor(visitor.user()));
    }

    private Empty none() {
        Button clear = new Button("Clear the filters", click -> filters.clear());
        return new Empty(Glyph.SEARCH, "No model matches", "Search for part of a name, or take a filter away.", clear);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        PriceList prices = offered(visitor);
        tariff = filters.tariff(site.currency());
        Instant now = Instant.now();
        List<OfferedModel> all = prices.offers().stream()
                .map(offer -> OfferedModel.of(prices, offer, filters.group(), now))
                .toList();
        List<OfferedModel> shown = filters.of(all);
        active.show();
        boolean asTable = filters.asTable();
        cards.setVisible(!asTable);
        tablePanel.setVisible(asTable);
        setClassName("view-flow", !asTable);
        count.setText(counted(shown.size(), all.size()) + ", prices " + tariff.unit());
        pager.removeAll();
        if (asTable)
            table.source((paging, order) -> new Page<>(
                    shown.stream().skip(paging.offset()).limit(paging.limit()).toList(), shown.size()));
        else fill(shown, all.isEmpty(), prices.userGroup(), page(event.getLocation(), shown.size()));
    }

    private static String counted(int shown, int all) {
        String models = all == 1 ? " model" : " models";
        return shown == all
                ? Amounts.number(all) + models
                : Amounts.number(shown) + " of " + Amounts.number(all) + models;
    }

    private static int page(Location location, int models) {
        int pages = Math.max(1, (models + CARDS - 1) / CARDS);
        String wanted = location.getQueryParameters().getSingleParameter("page").orElse("1");
        return wanted.matches("\\d{1,6}") ? Math.clamp(Integer.parseInt(wanted), 1, pages) : 1;
    }

    private void fill(List<OfferedModel> shown, boolean nothing, String own, int page) {
        cards.removeAll();
        if (nothing)
            cards.add(new Empty(
                    Glyph.PRICES,
                    "Nothing is offered yet",
                    "Models appear here as soon as they have a price and somebody who answers for them."));
        else if (shown.isEmpty()) cards.add(none());
        shown.stream()
                .skip((page - 1L) * CARDS)
                .limit(CARDS)
                .forEach(model -> cards.add(new OfferCard(model, tariff, filters.look(), own)));
        int pages = (shown.size() + CARDS - 1) / CARDS;
        if (pages < 2) return;
        if (page > 1) pager.add(step("Previous", page - 1));
        pager.add(new Span("Page " + page + " of " + pages));
        if (page < pages) pager.add(step("Next", page + 1));
    }

    private Component step(String label, int page) {
        Anchor step = new Anchor(filters.addressWith("page", Integer.toString(page)), label);
        step.setId("page-" + page);
        return step;
    }

    private void columns() {
        table.addComponentColumn(model -> Marks.row(
                        OfferCard.link(model, filters.look()),
                        Clip.button("name", () -> model.offer().model())))
                .setHeader("Model")
                .setWidth("240px")
                .setFlexGrow(3);
        table.addColumn(model -> Tariff.kind(model.by()))
                .setHeader("Charged")
                .setWidth("110px")
                .setFlexGrow(0);
        number("Input", model -> model.by() == PricedBy.TOKENS ? tokens(model, Meter.INPUT) : piece(model));
        number("Output", model -> tokens(model, Meter.OUTPUT));
        number("Cache read", model -> tokens(model, Meter.CACHE_READ));
        number("Cache write", model -> tokens(model, Meter.CACHE_WRITE_5M));
        table.addColumn(model -> String.join(", ", model.offer().groups()))
                .setHeader("Groups")
                .setWidth("150px")
                .setFlexGrow(1);
        table.addColumn(OfferCard::groupName)
                .setHeader("Price for")
                .setWidth("130px")
                .setFlexGrow(0);
        table.cards(model -> {
            Div card = new Div(
                    Marks.box("card-line", OfferCard.link(model, filters.look()), Marks.dim(Tariff.kind(model.by()))),
                    model.by() == PricedBy.TOKENS
                            ? Marks.box(
                                    "card-line",
                                    Marks.row(Marks.dim("in"), new Span(tokens(model, Meter.INPUT))),
                                    Marks.row(Marks.dim("out"), new Span(tokens(model, Meter.OUTPUT))),
                                    Marks.row(Marks.dim("cached"), new Span(tokens(model, Meter.CACHE_READ))))
                            : new Span(piece(model)));
            card.addClassName("card-row");
            return card;
        });
    }

    private void number(String header, com.vaadin.flow.function.ValueProvider<OfferedModel, String> cell) {
        table.addColumn(cell)
                .setHeader(header)
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("116px")
                .setFlexGrow(1);
    }

    private String tokens(OfferedModel model, Meter meter) {
        return model.by() == PricedBy.TOKENS ? tariff.tokens(model.price(), meter, model.factor()) : "–";
    }

    private String piece(OfferedModel model) {
        return model.by() == PricedBy.EXPRESSION
                ? "formula"
                : tariff.piece(model.price(), model.factor()) + " " + Tariff.pieceName(model.by());
    }
}

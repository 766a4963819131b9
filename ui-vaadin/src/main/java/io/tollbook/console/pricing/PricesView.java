package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
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
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.user.Role;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What each model costs. Root changes a draft and publishes it as the next version. */
@Route("prices")
@OpenTo(Role.USER)
class PricesView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final boolean root;
    private final Filters filters = new Filters();
    private final TextField search;
    private final Select<String> group;
    private final Select<Boolean> unit;
    private final ListGrid<Row> list;
    private final Div version = new Div();
    private final Div draftBar = new Div();
    private Optional<PriceVersion> inForce = Optional.empty();
    private PriceDraft draft = new PriceDraft(Optional.empty());

    private record Row(String model, ModelPrice price) {}

    PricesView(Visitor visitor) {
        super("Prices", "Per million tokens, in US dollars of list price.");
        this.visitor = visitor;
        root = visitor.isAtLeast(Role.ROOT);
        inForce = visitor.ask(new PricesInForce());
        version.setId("version");
        version.addClassName("version");
        actions(version);
        if (root) {
            actions(
                    Tool.plain(
                            "edit-groups", "Groups", Glyph.USERS, click -> new GroupsDialog(draft, this::show).open()),
                    Tool.primary("new-model", "New model", Glyph.PLUS, click -> edit(null)));
        }
        search = filters.text("q", "Search models");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        List<String> groups = inForce.map(
                        one -> List.copyOf(new TreeSet<>(one.document().groups().keySet())))
                .orElse(List.of());
        group = filters.choice("group", "For group", groups, one -> one + ratioOf(one), one -> one);
        group.setEmptySelectionCaption("List price");
        group.setItemLabelGenerator(one -> one == null ? "List price" : one + ratioOf(one));
        unit = filters.choice("as", "Shown as", List.of(true), ratio -> "Ratios", ratio -> "ratios");
        unit.setEmptySelectionCaption("USD per 1M tokens");
        unit.setItemLabelGenerator(ratio -> ratio == null ? "USD per 1M tokens" : "Ratios");
        list = new ListGrid<>(
                "prices",
                "Prices",
                new Empty(
                        Glyph.PRICES,
                        "No prices here",
                        root
                                ? "A model without a price cannot be called. Add the first one."
                                : "Root has not set a price that matches."));
        columns();
        draftBar.setId("draft");
        draftBar.addClassName("bulk");
        add(filters, list.panel(draftBar));
        start();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        show();
    }

    /** Forgets the draft and begins with what is in force. */
    private void start() {
        inForce = visitor.ask(new PricesInForce());
        draft = new PriceDraft(inForce);
        version.removeAll();
        inForce.ifPresent(one -> {
            Button history =
                    new Button("Version " + one.version(), click -> new HistoryDialog(visitor, one.version()).open());
            history.setId("show-history");
            history.addThemeVariants(ButtonVariant.TERTIARY);
            history.setTooltipText(
                    "Published " + Moments.minute(one.at()) + (one.note().isEmpty() ? "" : ": " + one.note()));
            Span hash =
                    Marks.code(one.hash().substring(0, Math.min(10, one.hash().length())));
            hash.setTitle("SHA-256 of the price document: " + one.hash());
            version.add(history, hash, Clip.button("hash", one::hash));
        });
    }

    private void show() {
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<Row> rows = draft.models().entrySet().stream()
                .filter(one -> one.getKey().toLowerCase(Locale.ROOT).contains(part))
                .map(one -> new Row(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing(Row::model, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Row::model))
                .toList();
        list.source((paging, order) -> new Page<>(
                rows.stream().skip(paging.offset()).limit(paging.limit()).toList(), rows.size()));
        showDraft();
    }

    private void showDraft() {
        draftBar.removeAll();
        int changes = root ? draft.changes().size() : 0;
        draftBar.setVisible(changes > 0);
        if (changes == 0) return;
        Button publish = Tool.primary(
                "publish-prices",
                "Publish…",
                Glyph.CHECK,
                click -> new PublishDialog(visitor, draft, () -> {
                            start();
                            show();
                        })
                        .open());
        Button discard = new Button("Discard", click -> {
            start();
            show();
        });
        discard.setId("discard-draft");
        draftBar.add(
                new Span(changes + (changes == 1 ? " change" : " changes") + " in the draft, not in force yet"),
                Marks.text("", "grow"),
                discard,
                publish);
    }

    private String ratioOf(String name) {
        BigDecimal ratio = draft.groups().get(name);
        return ratio == null ? "" : " × " + Amounts.decimal(ratio);
    }

    private void columns() {
        list.addComponentColumn(row -> Marks.row(Marks.text(row.model(), "strong"), Clip.button("name", row::model)))
                .setHeader("Model")
                .setWidth("220px")
                .setFlexGrow(2);
        number("Input", row -> cell(row, BigDecimal.ONE));
        number("Output", row -> cell(row, row.price().completionRatio()));
        number("Cache read", row -> cell(row, row.price().cacheReadRatio()));
        number("Cache write", row -> cell(row, row.price().cacheWriteRatio()));
        number("Write, 1 h", row -> cell(row, row.price().cacheWriteHourRatio()));
        number(
                        "Longest answer",
                        row -> row.price().maxOutputTokens() == null
                                ? Marks.dim(Amounts.number(draft.defaultMaxOutputTokens()))
                                : new Span(Amounts.number(row.price().maxOutputTokens())))
                .setWidth("130px");
        if (root)
            list.addComponentColumn(this::tools).setHeader("").setWidth("92px").setFlexGrow(0);
        list.cards(row -> {
            Div card =
                    new Div(Marks.box("card-line", Marks.text(row.model(), "strong"), root ? tools(row) : new Span()));
            if (row.price().perCall() != null) card.add(Marks.row(cell(row, BigDecimal.ONE)));
            else
                card.add(Marks.box(
                        "card-line",
                        Marks.row(Marks.dim("in"), cell(row, BigDecimal.ONE)),
                        Marks.row(Marks.dim("out"), cell(row, row.price().completionRatio())),
                        Marks.row(Marks.dim("cached"), cell(row, row.price().cacheReadRatio()))));
            card.addClassName("card-row");
            return card;
        });
    }

    private Grid.Column<Row> number(String header, com.vaadin.flow.function.ValueProvider<Row, Component> cell) {
        return list.addComponentColumn(cell)
                .setHeader(header)
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("106px")
                .setFlexGrow(1);
    }

    /** @param ratio of this kind of token to the input token; 1 for the input itself */
    private Component cell(Row row, BigDecimal ratio) {
        ModelPrice price = row.price();
        BigDecimal factor = factor();
        if (price.perCall() != null)
            return ratio == BigDecimal.ONE
                    ? Marks.row(new Span("$" + Amounts.decimal(price.perCall().multiply(factor))), Marks.dim("a call"))
                    : Marks.dim("–");
        if (price.inputRatio() == null) return Marks.dim("–");
        if (unit.getValue() != null)
            return new Span(
                    Amounts.decimal(ratio == BigDecimal.ONE ? price.inputRatio().multiply(factor) : ratio));
        return new Span("$"
                + Amounts.decimal(Rates.usd(price.inputRatio()).multiply(ratio).multiply(factor)));
    }

    private BigDecimal factor() {
        return group.getValue() == null
                ? BigDecimal.ONE
                : draft.groups().getOrDefault(group.getValue(), BigDecimal.ONE);
    }

    private Component tools(Row row) {
        Button edit = Tool.icon("Edit " + row.model(), Glyph.EDIT, click -> edit(row.model()));
        edit.addClassName("edit");
        Button remove = Tool.icon("Remove " + row.model(), Glyph.TRASH, click -> {
            draft.remove(row.model());
            show();
        });
        remove.addClassName("delete");
        return Marks.box("row-tools", edit, remove);
    }

    private void edit(@Nullable String model) {
        new ModelDialog(draft, model, this::show).open();
    }
}

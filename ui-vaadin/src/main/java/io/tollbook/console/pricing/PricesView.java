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
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PriceVersionByNumber;
import io.tollbook.kernel.pricing.PricedBy;
import io.tollbook.kernel.pricing.PricesInForce;
import io.tollbook.kernel.user.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What each model costs everybody, for those who run the site. Root changes a draft and publishes it as the next version. */
@Route("prices")
@OpenTo(value = Role.ADMIN, auditors = true)
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
    private PriceDraft draft = new PriceDraft(PriceSchedule.NONE);

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
                    Tool.plain(
                            "edit-tools",
                            "Tools",
                            Glyph.SEARCH,
                            click -> new ToolsDialog(draft.tools(), prices -> {
                                        draft.tools(prices);
                                        show();
                                    })
                                    .open()),
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
        PriceSchedule schedule = visitor.ask(new PriceOutlook());
        inForce = Optional.ofNullable(schedule.inForce());
        draft = new PriceDraft(schedule);
        version.removeAll();
        schedule.planned().stream().findFirst().ifPresent(next -> {
            Span planned = Marks.pill("version " + next.version() + " planned", Marks.Tone.WARNING);
            planned.setTitle("In force from " + Moments.minute(next.effectiveFrom()));
            planned.setId("planned");
            version.add(planned);
        });
        inForce.ifPresent(one -> {
            Button history = new Button(
                    "Version " + one.version(),
                    click -> new HistoryDialog(visitor, schedule.newest(), this::published, PriceDraft.NOTE, () -> {
                                start();
                                show();
                            })
                            .open());
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

    private Optional<Published> published(long number) {
        return visitor.ask(new PriceVersionByNumber(number))
                .map(one -> new Published(
                        one.version(),
                        one.at(),
                        one.effectiveFrom(),
                        one.document().models().size(),
                        one.hash(),
                        one.note(),
                        () -> {
                            PriceDraft again = new PriceDraft(visitor.ask(new PriceOutlook()));
                            again.begin(one.document());
                            return again;
                        }));
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
                click -> new PublishDialog(visitor, draft, PriceDraft.NOTE, () -> {
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
        list.addComponentColumn(row -> Marks.row(
                        Marks.text(row.model(), "strong"), Clip.button("name", row::model), more(row.price())))
                .setHeader("Model")
                .setWidth("220px")
                .setFlexGrow(2);
        number("Input", this::inputCell);
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
            if (PricedBy.of(row.price()) != PricedBy.TOKENS) card.add(Marks.row(inputCell(row)));
            else
                card.add(Marks.box(
                        "card-line",
                        Marks.row(Marks.dim("in"), inputCell(row)),
                        Marks.row(Marks.dim("out"), cell(row, row.price().completionRatio())),
                        Marks.row(Marks.dim("cached"), cell(row, row.price().cacheReadRatio()))));
            card.addClassName("card-row");
            return card;
        });
    }

    /** Says that there is more to a price than the columns have room for. */
    private static Component more(ModelPrice price) {
        List<String> more = new ArrayList<>();
        price.tiers()
                .forEach(tier -> more.add("above " + Amounts.number(tier.above()) + " tokens in: input × "
                        + Amounts.decimal(tier.input()) + ", output × " + Amounts.decimal(tier.output())));
        if (price.own() != null) more.add("prices of its own for thinking, sound or pictures");
        if (more.isEmpty() || PricedBy.of(price) != PricedBy.TOKENS) return new Span();
        Span pill = Marks.pill(price.tiers().isEmpty() ? "other tokens" : "tiers", Marks.Tone.NEUTRAL);
        pill.setTitle(String.join("; ", more));
        return pill;
    }

    private Grid.Column<Row> number(String header, com.vaadin.flow.function.ValueProvider<Row, Component> cell) {
        return list.addComponentColumn(cell)
                .setHeader(header)
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("106px")
                .setFlexGrow(1);
    }

    /** The price of input, or whatever else the model is priced by. */
    private Component inputCell(Row row) {
        ModelPrice price = row.price();
        if (price.expression() != null || price.inputRatio() == null) return byThePiece(price, factor());
        BigDecimal shown = unit.getValue() != null ? price.inputRatio() : Rates.usd(price.inputRatio());
        return new Span((unit.getValue() != null ? "" : "$") + Amounts.decimal(shown.multiply(factor())));
    }

    /** @param ratio of this kind of token to the input token */
    private Component cell(Row row, BigDecimal ratio) {
        ModelPrice price = row.price();
        if (price.expression() != null || price.inputRatio() == null) return Marks.dim("–");
        if (unit.getValue() != null) return new Span(Amounts.decimal(ratio));
        return new Span("$"
                + Amounts.decimal(Rates.usd(price.inputRatio()).multiply(ratio).multiply(factor())));
    }

    private static Component byThePiece(ModelPrice price, BigDecimal factor) {
        return switch (PricedBy.of(price)) {
            case CALL -> piece(price.perCall(), factor, "a call");
            case SECOND -> piece(price.perSecond(), factor, "a second");
            case PICTURE ->
                piece(
                        price.perPicture().values().stream()
                                .min(Comparator.naturalOrder())
                                .orElse(BigDecimal.ZERO),
                        factor,
                        price.perPicture().size() == 1 ? "a picture" : "a picture and more");
            default -> {
                Span formula = Marks.pill("expression", Marks.Tone.NEUTRAL);
                formula.setTitle(String.valueOf(price.expression()));
                yield formula;
            }
        };
    }

    private static Component piece(@Nullable BigDecimal dollars, BigDecimal factor, String what) {
        BigDecimal each = dollars == null ? BigDecimal.ZERO : dollars.multiply(factor);
        return Marks.row(new Span("$" + Amounts.decimal(each)), Marks.dim(what));
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

package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
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
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.pricing.BuyPrice;
import io.tollbook.kernel.pricing.BuyPriceOutlook;
import io.tollbook.kernel.pricing.BuyPriceSchedule;
import io.tollbook.kernel.pricing.BuyPriceVersion;
import io.tollbook.kernel.pricing.BuyPriceVersionByNumber;
import io.tollbook.kernel.pricing.BuyScope;
import io.tollbook.kernel.user.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What providers take, for those who run the site. Root changes a draft and publishes it as the next version. */
@Route("buy-prices")
@OpenTo(value = Role.ADMIN, auditors = true)
class BuyPricesView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final boolean root;
    private final Filters filters = new Filters();
    private final TextField search;
    private final ListGrid<BuyPrice> list;
    private final Div version = new Div();
    private final Div draftBar = new Div();
    private final Map<String, String> channels = new HashMap<>();
    private BuyPriceDraft draft = new BuyPriceDraft(BuyPriceSchedule.NONE, this::name);

    BuyPricesView(Visitor visitor) {
        super(
                "Buy prices",
                "What providers take. The narrower scope counts, and in it the longest name; where none fits, the cost of"
                        + " a call is unknown.");
        this.visitor = visitor;
        root = visitor.isAtLeast(Role.ROOT);
        version.setId("version");
        version.addClassName("version");
        Anchor margin = new Anchor("dashboard/margin", "Margin");
        margin.setId("to-margin");
        actions(version, margin);
        if (root)
            actions(
                    Tool.plain(
                            "edit-tools",
                            "Tools",
                            Glyph.SEARCH,
                            click -> new ToolsDialog(draft.tools(), prices -> {
                                        draft.tools(prices);
                                        show();
                                    })
                                    .open()),
                    Tool.primary("new-buy-price", "New buy price", Glyph.PLUS, click -> edit(null)));
        search = filters.text("q", "Search");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        list = new ListGrid<>("buy-prices", "Buy prices", empty());
        columns();
        draftBar.setId("draft");
        draftBar.addClassName("bulk");
        add(filters, list.panel(draftBar));
        start();
    }

    private Empty empty() {
        if (!root) return new Empty(Glyph.PRICES, "No buy prices here", "Root has not set one that matches.");
        return new Empty(
                Glyph.PRICES,
                "No buy prices here",
                "Say what a provider takes, and each attempt books its cost from then on.",
                Tool.primary("new-buy-price-empty", "New buy price", Glyph.PLUS, click -> edit(null)));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        show();
    }

    /** Forgets the draft and begins with what is in force. */
    private void start() {
        BuyPriceSchedule schedule = visitor.ask(new BuyPriceOutlook());
        draft = new BuyPriceDraft(schedule, this::name);
        version.removeAll();
        schedule.planned().stream().findFirst().ifPresent(next -> {
            Span planned = Marks.pill("version " + next.version() + " planned", Marks.Tone.WARNING);
            planned.setTitle("In force from " + Moments.minute(next.effectiveFrom()));
            planned.setId("planned");
            version.add(planned);
        });
        BuyPriceVersion inForce = schedule.inForce();
        if (inForce == null) return;
        Button history = new Button(
                "Version " + inForce.version(),
                click -> new HistoryDialog(
                                visitor, schedule.newest(), this::published, BuyPriceDraft.NOTE, this::startAgain)
                        .open());
        history.setId("show-history");
        history.addThemeVariants(ButtonVariant.TERTIARY);
        history.setTooltipText(
                "Published " + Moments.minute(inForce.at()) + (inForce.note().isEmpty() ? "" : ": " + inForce.note()));
        Span hash = Marks.code(
                inForce.hash().substring(0, Math.min(10, inForce.hash().length())));
        hash.setTitle("SHA-256 of the document: " + inForce.hash());
        version.add(history, hash, Clip.button("hash", inForce::hash));
    }

    private void startAgain() {
        start();
        show();
    }

    private Optional<Published> published(long number) {
        return visitor.ask(new BuyPriceVersionByNumber(number))
                .map(one -> new Published(
                        one.version(),
                        one.at(),
                        one.effectiveFrom(),
                        one.document().prices().size(),
                        one.hash(),
                        one.note(),
                        () -> {
                            BuyPriceDraft again = new BuyPriceDraft(visitor.ask(new BuyPriceOutlook()), this::name);
                            again.begin(one.document());
                            return again;
                        }));
    }

    private void show() {
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<BuyPrice> rows = draft.prices().stream()
                .filter(one -> (name(one.scope()) + "\n" + BuyPriceDraft.model(one.model()))
                        .toLowerCase(Locale.ROOT)
                        .contains(part))
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
                click -> new PublishDialog(visitor, draft, BuyPriceDraft.NOTE, this::startAgain).open());
        Button discard = new Button("Discard", click -> startAgain());
        discard.setId("discard-draft");
        draftBar.add(
                new Span(changes + (changes == 1 ? " change" : " changes") + " in the draft, not in force yet"),
                Marks.text("", "grow"),
                discard,
                publish);
    }

    /** Whom a price is for, as people call it. */
    private String name(BuyScope scope) {
        return switch (scope.kind()) {
            case CHANNEL -> channels.computeIfAbsent(scope.of(), this::channel);
            case TAG -> "tag " + scope.of();
            case TYPE -> "type " + type(Integer.parseInt(scope.of()));
            case ALL -> "every channel";
        };
    }

    private String channel(String number) {
        return visitor.ask(new ChannelById(new ChannelId(Long.parseLong(number))))
                .map(one -> one.terms().name() + " (" + number + ")")
                .orElse("channel " + number + ", deleted");
    }

    private static String type(int number) {
        try {
            return ChannelType.of(number).label();
        } catch (Refused unknown) {
            return Integer.toString(number);
        }
    }

    private void columns() {
        list.addComponentColumn(price -> Marks.text(name(price.scope()), "strong"))
                .setHeader("For")
                .setWidth("200px")
                .setFlexGrow(2);
        list.addComponentColumn(BuyPricesView::model)
                .setHeader("Model")
                .setWidth("180px")
                .setFlexGrow(2);
        list.addComponentColumn(price -> new Span(BuyPriceDraft.words(price)))
                .setHeader("The provider takes")
                .setWidth("260px")
                .setFlexGrow(3);
        if (root)
            list.addComponentColumn(this::tools).setHeader("").setWidth("92px").setFlexGrow(0);
        list.cards(price -> {
            Div card = new Div(
                    Marks.box("card-line", Marks.text(name(price.scope()), "strong"), root ? tools(price) : new Span()),
                    Marks.box("card-line", model(price), new Span(BuyPriceDraft.words(price))));
            card.addClassName("card-row");
            return card;
        });
    }

    private static Component model(BuyPrice price) {
        return price.model().equals(BuyPrice.ALL_MODELS) ? Marks.dim("every model") : Marks.code(price.model());
    }

    private Component tools(BuyPrice price) {
        String what = BuyPriceDraft.model(price.model()) + " for " + name(price.scope());
        Button edit = Tool.icon("Edit " + what, Glyph.EDIT, click -> edit(price));
        edit.addClassName("edit");
        Button remove = Tool.icon("Remove " + what, Glyph.TRASH, click -> {
            draft.remove(price);
            show();
        });
        remove.addClassName("delete");
        return Marks.box("row-tools", edit, remove);
    }

    private void edit(@Nullable BuyPrice price) {
        new BuyPriceDialog(visitor, draft, price, this::show).open();
    }
}

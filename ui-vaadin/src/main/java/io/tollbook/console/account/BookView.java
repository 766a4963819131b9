package io.tollbook.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
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
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.BookEntry;
import io.tollbook.kernel.account.BookSummary;
import io.tollbook.kernel.account.BookSummaryOf;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every event of one account with the balance after it, now or as of any past moment, and the sums that prove it. */
@Route("book")
@RouteAlias("book/:account")
@OpenTo(value = Role.USER, auditors = true)
class BookView extends View implements BeforeEnterObserver, AfterNavigationObserver {
    private static final Map<String, String> KINDS = kinds();

    private final Visitor visitor;
    private final Filters filters = new Filters();
    private final MultiSelectComboBox<String> kind = new MultiSelectComboBox<>("Events");
    private final TextField text;
    private final DateTimePicker asOf = new DateTimePicker("As of");
    private final BookEquation equation = new BookEquation();
    private final Span whose = new Span();
    private final Div past = new Div();
    private final ListGrid<BookEntry> list;
    private AccountId account = new AccountId(1);
    private @Nullable Instant exact;

    BookView(Visitor visitor) {
        super("The book", "Every event of the account, as it is stored, with the balance after it.");
        this.visitor = visitor;
        whose.setId("whose");
        actions(whose);
        kind.setItems(KINDS.keySet());
        kind.setItemLabelGenerator(name -> KINDS.getOrDefault(name, name));
        kind.setClearButtonVisible(true);
        kind.addClassName("wide");
        filters.add(
                "events",
                kind,
                names -> String.join(" ", new TreeSet<>(names)),
                joined -> new TreeSet<>(List.of(joined.split(" "))));
        text = filters.text("q", "Request, lot, model or cause");
        text.setPrefixComponent(Glyph.SEARCH.icon());
        text.addClassName("wide");
        asOf.setStep(Duration.ofSeconds(1));
        asOf.addClassName("wide");
        // The picker knows seconds; the address may name a millisecond, and then keeps it.
        filters.add("as-of", asOf, this::asOfText, this::asOfShown);
        filters.add(steps());
        past.setId("past");
        past.addClassName("past");
        list = new ListGrid<>(
                "book",
                "Book entries",
                new Empty(Glyph.BOOK, "No entries", "Nothing was recorded that matches, up to this moment."));
        list.addClassName("clickable");
        columns();
        add(equation, filters, list.panel(past));
    }

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("account.funds-held", "hold");
        kinds.put("account.usage-settled", "charge");
        kinds.put("account.hold-released", "release");
        kinds.put("account.call-resolved", "resolution");
        kinds.put("account.call-reopened", "reopening");
        kinds.put("account.quota-granted", "grant");
        kinds.put("account.quota-deducted", "deduction");
        kinds.put("account.lot-expired", "expiry");
        kinds.put("account.token-limited", "key limit");
        kinds.put("account.frozen", "freeze");
        kinds.put("account.unfrozen", "unfreeze");
        kinds.put("account.opened", "opening");
        return kinds;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Optional<String> named = event.getRouteParameters().get("account");
        if (named.isEmpty()) {
            account = AccountId.of(visitor.user());
            whose.setText("");
            return;
        }
        if (!named.get().matches("[1-9][0-9]{0,17}")) throw new Refused(Refusal.ACCOUNT_UNKNOWN);
        account = new AccountId(Long.parseLong(named.get()));
        boolean own = account.equals(AccountId.of(visitor.user()));
        if (!own && !visitor.maySee(Role.ADMIN)) throw new Refused(Refusal.NOT_PERMITTED);
        whose.setText(visitor.ask(new UserById(new UserId(account.value())))
                .map(user -> "Account " + account.value() + ", " + user.displayName() + " (" + user.username() + ")")
                .orElseThrow(() -> new Refused(Refusal.ACCOUNT_UNKNOWN)));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        exact = null;
        filters.read(event.getLocation());
        load();
    }

    private void load() {
        Instant moment = moment();
        BookSummary all = visitor.ask(new BookSummaryOf(account, moment));
        equation.show(all);
        past.setVisible(moment != null);
        past.removeAll();
        if (moment != null)
            past.add(
                    Glyph.CLOCK.icon(),
                    new Span("As of " + Moments.milli(moment) + ". What was recorded later is left out."));
        Set<String> names = kind.getValue();
        String part = text.getValue().strip();
        BookRows rows = new BookRows(visitor, account, moment, names, part.isEmpty() ? null : part);
        if (rows.isFiltered()) {
            // How many match is known only at the end of the book, so the list grows while it is read on.
            list.setItems(query -> rows.at(query.getOffset(), query.getLimit(), 0));
        } else {
            list.source((paging, order) -> new Page<>(
                    rows.at((int) paging.offset(), paging.limit(), all.events()).toList(), all.events()));
        }
    }

    private @Nullable Instant moment() {
        return exact != null ? exact : Moments.instant(asOf.getValue());
    }

    private @Nullable String asOfText(LocalDateTime local) {
        if (exact != null && local.equals(shown(exact))) return exact.toString();
        exact = null;
        return String.valueOf(Moments.instant(local));
    }

    private LocalDateTime asOfShown(String address) {
        exact = Moments.moment(address);
        return shown(exact);
    }

    private static LocalDateTime shown(Instant moment) {
        return moment.atZone(Moments.zone()).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS);
    }

    private void show(@Nullable Instant moment) {
        if (moment == null) {
            exact = null;
            asOf.clear();
            return;
        }
        exact = moment;
        LocalDateTime local = shown(moment);
        // Within one second the picker sees no change: let it see one.
        if (local.equals(asOf.getValue())) UI.getCurrent().navigate(filters.addressWith("as-of", moment.toString()));
        else asOf.setValue(local);
    }

    private Component steps() {
        Div steps = new Div();
        steps.addClassName("steps-row");
        steps.add(
                step("as-of-now", "Now", () -> null),
                step("as-of-hour", "1 h ago", () -> base().minus(Duration.ofHours(1))),
                step("as-of-day", "1 day ago", () -> base().minus(Duration.ofDays(1))),
                step(
                        "as-of-midnight",
                        "Midnight",
                        () -> ZonedDateTime.ofInstant(base().minusMillis(1), Moments.zone())
                                .truncatedTo(ChronoUnit.DAYS)
                                .toInstant()),
                step(
                        "as-of-month",
                        "Month’s start",
                        () -> ZonedDateTime.ofInstant(base().minusMillis(1), Moments.zone())
                                .truncatedTo(ChronoUnit.DAYS)
                                .withDayOfMonth(1)
                                .toInstant()));
        return steps;
    }

    /** Steps go on from the moment shown, so that pressing twice goes back twice as far. */
    private Instant base() {
        Instant moment = moment();
        return moment == null ? Instant.now() : moment;
    }

    private Button step(String id, String label, java.util.function.Supplier<@Nullable Instant> target) {
        Button button = new Button(label, click -> show(target.get()));
        button.setId(id);
        button.addThemeVariants(ButtonVariant.SMALL);
        return button;
    }

    private void columns() {
        list.addColumn(entry -> entry.sequence())
                .setHeader("No.")
                .setWidth("80px")
                .setFlexGrow(0);
        list.addColumn(entry -> Moments.milli(entry.recordedAt()))
                .setHeader("Recorded")
                .setWidth("196px")
                .setFlexGrow(0);
        list.addComponentColumn(BookView::event)
                .setHeader("Event")
                .setWidth("124px")
                .setFlexGrow(0);
        list.addComponentColumn(entry -> Marks.stacked(
                        new Span(entry.summary()), Marks.text(entry.hold() == null ? "" : entry.hold(), "dim", "code")))
                .setHeader("What")
                .setWidth("200px")
                .setFlexGrow(3);
        list.addComponentColumn(EntryDialog::change)
                .setHeader("Change")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("146px")
                .setFlexGrow(0);
        list.addComponentColumn(entry -> Marks.usd(entry.available()))
                .setHeader("Available")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("150px")
                .setFlexGrow(0);
        Grid.Column<BookEntry> details = list.addComponentColumn(entry -> {
                    Button open = Tool.icon("Entry " + entry.sequence(), Glyph.NEXT, click -> open(entry));
                    open.addClassName("details");
                    return open;
                })
                .setKey("details")
                .setHeader("")
                .setWidth("64px")
                .setFlexGrow(0);
        list.cards(entry -> {
            Div card = new Div(
                    Marks.box("card-line", event(entry), EntryDialog.change(entry)),
                    Marks.box("card-line", Marks.dim(entry.summary())),
                    Marks.box(
                            "card-line", Marks.dim(Moments.second(entry.recordedAt())), Marks.usd(entry.available())));
            card.addClassName("card-row");
            return card;
        });
        list.addItemClickListener(click -> {
            if (click.getColumn() != details) open(click.getItem());
        });
    }

    private static Component event(BookEntry entry) {
        String name = entry.name().substring(0, Math.max(0, entry.name().lastIndexOf('.')));
        String word = KINDS.getOrDefault(name, name);
        return Marks.pill(
                word,
                switch (name) {
                    case "account.usage-settled", "account.call-resolved" -> Marks.Tone.ACCENT;
                    case "account.quota-granted" -> Marks.Tone.GOOD;
                    case "account.quota-deducted", "account.lot-expired", "account.frozen" -> Marks.Tone.WARNING;
                    default -> Marks.Tone.NEUTRAL;
                });
    }

    private void open(BookEntry entry) {
        new EntryDialog(entry, chosen -> show(chosen.recordedAt())).open();
    }
}

package io.tollbook.console.token;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.selection.SelectionEvent;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Meter;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.token.DeleteToken;
import io.tollbook.kernel.token.DisableToken;
import io.tollbook.kernel.token.EnableToken;
import io.tollbook.kernel.token.TokenStatus;
import io.tollbook.kernel.token.TokenSummary;
import io.tollbook.kernel.token.TokensOf;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Set;

/** The visitor's own API keys. */
@Route("keys")
@OpenTo(Role.USER)
class KeysView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final Keys keys;
    private final Site site;
    private final Filters filters = new Filters();
    private final TextField search;
    private final ListGrid<TokenSummary> list;
    private final Span selected = new Span();
    private final Div bulk = new Div();

    KeysView(Visitor visitor, Keys keys, Site site) {
        super("API keys", "A client shows a key with every call. Each can have its own limits.");
        this.visitor = visitor;
        this.keys = keys;
        this.site = site;
        actions(Tool.primary("new-key", "New key", Glyph.PLUS, click -> create()));
        search = filters.text("name", "Search by name or key");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        search.setWidth("300px");
        list = new ListGrid<>(
                "keys",
                "API keys",
                new Empty(
                        Glyph.KEY,
                        "No keys here",
                        "Make one for each program that calls, so that each can be stopped alone.",
                        Tool.primary("new-key-empty", "New key", Glyph.PLUS, click -> create())));
        columns();
        add(filters, list.panel(bulk()));
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        String text = search.getValue().strip();
        list.deselectAll();
        list.source((paging, order) -> visitor.ask(
                Keys.isWhole(text)
                        ? new TokensOf(visitor.user(), null, keys.fingerprint(text), paging)
                        : new TokensOf(visitor.user(), pattern(text), null, paging)));
    }

    /** Part of a name is a pattern; a single letter is too short for one and must be the whole name. */
    private static @org.jspecify.annotations.Nullable String pattern(String text) {
        if (text.isEmpty()) return null;
        return text.length() < 2 || text.contains("%") ? text : "%" + text + "%";
    }

    private void columns() {
        list.setSelectionMode(Grid.SelectionMode.MULTI);
        list.addSelectionListener(this::selectionChanged);
        list.addComponentColumn(
                        token -> Marks.stacked(name(token), Marks.dim("made " + Moments.minute(token.createdAt()))))
                .setHeader("Name")
                .setFlexGrow(2)
                .setWidth("165px");
        list.addComponentColumn(this::key).setHeader("Key").setWidth("206px").setFlexGrow(0);
        list.addComponentColumn(KeysView::status)
                .setHeader("Status")
                .setWidth("98px")
                .setFlexGrow(0);
        list.addComponentColumn(token -> Meter.of(token.used(), token.terms().remaining()))
                .setHeader("Quota")
                .setWidth("150px")
                .setFlexGrow(1);
        list.addComponentColumn(KeysView::limits)
                .setHeader("Limits")
                .setWidth("105px")
                .setFlexGrow(1);
        list.addComponentColumn(token -> Marks.stacked(
                        new Span(Moments.ago(token.lastUsedAt(), Instant.now())), Marks.dim(expiry(token))))
                .setHeader("Last used, expires")
                .setWidth("170px")
                .setFlexGrow(0);
        list.addComponentColumn(this::tools).setHeader("").setWidth("118px").setFlexGrow(0);
        list.cards(token -> {
            Div card = new Div(
                    Marks.box("card-line", name(token), status(token)),
                    Marks.box("card-line", key(token)),
                    Meter.of(token.used(), token.terms().remaining()),
                    Marks.box("card-line", Marks.dim(expiry(token)), tools(token)));
            card.addClassName("card-row");
            return card;
        });
    }

    private static Span name(TokenSummary token) {
        return Marks.text(
                token.terms().name().isEmpty() ? "unnamed" : token.terms().name(), "strong");
    }

    private static Component status(TokenSummary token) {
        return switch (token.status()) {
            case ENABLED -> Marks.pill("enabled", Marks.Tone.GOOD);
            case DISABLED -> Marks.pill("disabled", Marks.Tone.NEUTRAL);
            case EXPIRED -> Marks.pill("expired", Marks.Tone.WARNING);
            case EXHAUSTED -> Marks.pill("used up", Marks.Tone.BAD);
        };
    }

    private static String expiry(TokenSummary token) {
        Instant end = token.terms().expiresAt();
        return end == null ? "never expires" : "until " + Moments.minute(end);
    }

    private static Component limits(TokenSummary token) {
        Div pills = new Div();
        pills.addClassName("pills");
        if (!token.terms().group().isEmpty())
            pills.add(Marks.pill("group " + token.terms().group(), Marks.Tone.ACCENT));
        if (token.terms().modelsLimited()) {
            Span models = Marks.pill(token.terms().models().size() + " models", Marks.Tone.NEUTRAL);
            models.setTitle(String.join(", ", token.terms().models()));
            pills.add(models);
        }
        if (!token.terms().addresses().isEmpty()) {
            Span addresses = Marks.pill(token.terms().addresses().size() + " addresses", Marks.Tone.NEUTRAL);
            addresses.setTitle(String.join(", ", token.terms().addresses()));
            pills.add(addresses);
        }
        if (pills.getChildren().findAny().isEmpty()) pills.add(Marks.dim("none"));
        return pills;
    }

    private Component key(TokenSummary token) {
        Span shown = Marks.code("sk-" + token.hint());
        shown.addClassName("key");
        Button reveal = Tool.icon(
                "Show key " + token.terms().name(),
                Glyph.EYE,
                click -> Notices.attempt(() ->
                        shown.setText(shown.getText().contains("…") ? keys.reveal(token.id()) : "sk-" + token.hint())));
        reveal.addClassName("reveal");
        Button copy = Clip.button("key " + token.terms().name(), () -> keys.reveal(token.id()));
        copy.addClassName("copy");
        return Marks.row(shown, reveal, copy);
    }

    private Component tools(TokenSummary token) {
        boolean enabled = token.status() == TokenStatus.ENABLED;
        String name = token.terms().name();
        Button power = Tool.icon(
                (enabled ? "Disable " : "Enable ") + name,
                Glyph.POWER,
                click -> Notices.attempt(() -> {
                    if (enabled) visitor.send(new DisableToken(token.id(), visitor.user()));
                    else visitor.send(new EnableToken(token.id(), visitor.user(), Instant.now()));
                    list.reload();
                    Notices.done(enabled ? "Key disabled." : "Key enabled.");
                }));
        power.addClassName("power");
        Button edit = Tool.icon(
                "Edit " + name, Glyph.EDIT, click -> new KeyDialog(visitor, keys, site, token, list::reload).open());
        edit.addClassName("edit");
        Button delete = Tool.icon("Delete " + name, Glyph.TRASH, click -> delete(Set.of(token)));
        delete.addClassName("delete");
        return Marks.box("row-tools", power, edit, delete);
    }

    private Component bulk() {
        bulk.addClassName("bulk");
        bulk.setVisible(false);
        Button delete = Tool.plain(
                "delete-selected", "Delete", Glyph.TRASH, click -> delete(Set.copyOf(list.getSelectedItems())));
        bulk.add(selected, delete, new Button("Clear", click -> list.deselectAll()));
        return bulk;
    }

    private void selectionChanged(SelectionEvent<Grid<TokenSummary>, TokenSummary> event) {
        int count = event.getAllSelectedItems().size();
        bulk.setVisible(count > 0);
        selected.setText(count + (count == 1 ? " key selected" : " keys selected"));
    }

    private void create() {
        new KeyDialog(visitor, keys, site, null, list::reload).open();
    }

    private void delete(Set<TokenSummary> tokens) {
        String what = tokens.size() == 1
                ? "the key “" + tokens.iterator().next().terms().name() + "”"
                : tokens.size() + " keys";
        Confirm.destructive(
                "Delete " + what + "?",
                "Programs that use " + (tokens.size() == 1 ? "it" : "them")
                        + " stop working within a second. What was charged stays in the book.",
                "Delete",
                () -> {
                    for (TokenSummary token : tokens) visitor.send(new DeleteToken(token.id(), visitor.user()));
                    list.deselectAll();
                    list.reload();
                    Notices.done(tokens.size() == 1 ? "Key deleted." : tokens.size() + " keys deleted.");
                });
    }
}

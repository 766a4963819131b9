package io.tollbook.console.catalogue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.PrefillGroups;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.RemovePrefillGroup;
import io.tollbook.kernel.user.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lists that forms are filled in from. */
@Route("prefill-groups")
@OpenTo(value = Role.ADMIN, auditors = true)
class PrefillGroupsView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final boolean changes;
    private final Filters filters = new Filters();
    private final TextField search;
    private final Select<PrefillType> type;
    private final ListGrid<PrefillGroup> list;

    PrefillGroupsView(Visitor visitor) {
        super("Prefill groups", "Lists of models, tags or endpoints that forms are filled in from.");
        this.visitor = visitor;
        changes = !visitor.isAuditor();
        if (changes) actions(Tool.primary("new-prefill-group", "New prefill group", Glyph.PLUS, click -> edit(null)));
        search = filters.text("q", "Search lists");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        type = filters.choice(
                "type", "Type", List.of(PrefillType.values()), PrefillGroupsView::words, PrefillType::key);
        list = new ListGrid<>(
                "prefill-groups",
                "Prefill groups",
                new Empty(Glyph.COPY, "No prefill groups here", "Keep a list once, and pick it in forms."));
        columns();
        add(filters, list.panel());
    }

    static String words(PrefillType type) {
        return switch (type) {
            case MODEL -> "Models";
            case TAG -> "Tags";
            case ENDPOINT -> "Endpoints";
        };
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        show();
    }

    private void show() {
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<PrefillGroup> found = visitor.ask(new PrefillGroups(type.getValue())).stream()
                .filter(group -> (group.terms().name() + " " + group.terms().items())
                        .toLowerCase(Locale.ROOT)
                        .contains(part))
                .toList();
        list.source((paging, order) -> new Page<>(
                found.stream().skip(paging.offset()).limit(paging.limit()).toList(), found.size()));
    }

    private void columns() {
        list.addComponentColumn(PrefillGroupsView::name)
                .setHeader("Name")
                .setWidth("200px")
                .setFlexGrow(1);
        list.addColumn(group -> words(group.terms().type()))
                .setHeader("Type")
                .setWidth("110px")
                .setFlexGrow(0);
        list.addComponentColumn(PrefillGroupsView::items)
                .setHeader("Items")
                .setWidth("280px")
                .setFlexGrow(3);
        if (changes)
            list.addComponentColumn(this::tools).setHeader("").setWidth("92px").setFlexGrow(0);
        list.cards(group -> {
            Div card = new Div(
                    Marks.box("card-line", name(group), changes ? tools(group) : new Span()),
                    Marks.row(Marks.dim(words(group.terms().type()))),
                    items(group));
            card.addClassName("card-row");
            return card;
        });
    }

    private static Component name(PrefillGroup group) {
        Span name = Marks.text(group.terms().name(), "strong");
        return group.terms().description().isEmpty()
                ? name
                : Marks.stacked(name, Marks.dim(group.terms().description()));
    }

    private static Component items(PrefillGroup group) {
        List<String> names = group.terms().names();
        Span items = new Span(names.isEmpty() ? "none" : String.join(", ", names));
        items.setTitle(String.join(", ", names));
        return Marks.stacked(items, Marks.dim(names.size() + (names.size() == 1 ? " item" : " items")));
    }

    private Component tools(PrefillGroup group) {
        String name = group.terms().name();
        Button edit = Tool.icon("Edit " + name, Glyph.EDIT, click -> edit(group));
        edit.addClassName("edit");
        Button remove = Tool.icon(
                "Remove " + name,
                Glyph.TRASH,
                click -> Confirm.destructive(
                        "Remove the prefill group “" + name + "”?",
                        "What was filled in from it stays.",
                        "Remove",
                        () -> {
                            visitor.send(new RemovePrefillGroup(group.id()));
                            show();
                            Notices.done("Prefill group removed.");
                        }));
        remove.addClassName("delete");
        return Marks.box("row-tools", edit, remove);
    }

    private void edit(@Nullable PrefillGroup group) {
        new PrefillGroupDialog(visitor, group, this::show).open();
    }
}

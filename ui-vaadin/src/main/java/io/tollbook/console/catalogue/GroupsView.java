package io.tollbook.console.catalogue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.catalogue.GroupRow;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.catalogue.Groups;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups: what they cost, who may choose them, whom they serve, and the order in which auto tries them. */
@Route("groups")
@OpenTo(value = Role.ADMIN, auditors = true)
class GroupsView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final Site site;
    private final boolean root;
    private final Filters filters = new Filters();
    private final TextField search;
    private final ListGrid<GroupRow> list;
    private final Div auto = new Div();
    private List<GroupRow> rows = List.of();
    private Set<String> known = Set.of();

    GroupsView(Visitor visitor, Site site) {
        super("Groups", "A group decides the price and which channels answer. Root changes them.");
        this.visitor = visitor;
        this.site = site;
        root = visitor.isAtLeast(Role.ROOT);
        if (root) actions(Tool.primary("new-group", "New group", Glyph.PLUS, click -> edit(null)));
        search = filters.text("q", "Search groups");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        list = new ListGrid<>(
                "groups", "Groups", new Empty(Glyph.LOCK, "No groups here", "None matches what you look for."));
        columns();
        auto.setId("auto-groups");
        auto.addClassNames("panel", "auto-groups");
        add(filters, list.panel(), auto);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        show();
    }

    private void show() {
        rows = visitor.ask(new Groups());
        known = site.groups().keySet();
        String part = search.getValue().strip().toLowerCase(Locale.ROOT);
        List<GroupRow> found = rows.stream()
                .filter(row -> !row.name().equals(GroupRules.AUTO))
                .filter(row -> (row.name() + " " + row.description())
                        .toLowerCase(Locale.ROOT)
                        .contains(part))
                .toList();
        list.source((paging, order) -> new Page<>(
                found.stream().skip(paging.offset()).limit(paging.limit()).toList(), found.size()));
        showAuto();
    }

    private void columns() {
        list.addComponentColumn(GroupsView::name)
                .setHeader("Group")
                .setWidth("200px")
                .setFlexGrow(2);
        list.addComponentColumn(GroupsView::ratio)
                .setHeader("Ratio")
                .setWidth("100px")
                .setFlexGrow(0);
        list.addComponentColumn(GroupsView::access)
                .setHeader("Who may choose it")
                .setWidth("190px")
                .setFlexGrow(2);
        list.addComponentColumn(GroupsView::auto)
                .setHeader("Auto")
                .setWidth("80px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> count(row.channels(), address("channels", row)))
                .setHeader("Channels")
                .setWidth("100px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> count(row.users(), address("users", row)))
                .setHeader("Users")
                .setWidth("90px")
                .setFlexGrow(0);
        list.addComponentColumn(row -> count(row.keys(), null))
                .setHeader("Keys")
                .setWidth("90px")
                .setFlexGrow(0);
        if (root)
            list.addComponentColumn(this::tools).setHeader("").setWidth("64px").setFlexGrow(0);
        list.cards(row -> {
            Div card = new Div(
                    Marks.box("card-line", name(row), root ? tools(row) : new Span()),
                    Marks.box("card-line", ratio(row), access(row)),
                    Marks.dim(some(row.channels(), "channel") + ", " + some(row.users(), "user") + ", "
                            + some(row.keys(), "key")));
            card.addClassName("card-row");
            return card;
        });
    }

    private static String some(long count, String of) {
        return Amounts.number(count) + " " + of + (count == 1 ? "" : "s");
    }

    /** The page's rows of this group; null where it is no group of the options, for then that page cannot be narrowed to it. */
    private @Nullable String address(String page, GroupRow row) {
        return known.contains(row.name()) ? page + "?" + LogAddress.query(Map.of("group", row.name())) : null;
    }

    private static Component name(GroupRow row) {
        Span name = Marks.text(row.name(), "strong");
        return row.description().isEmpty() ? name : Marks.stacked(name, Marks.dim(row.description()));
    }

    private static Component ratio(GroupRow row) {
        if (row.ratio() != null) return new Span("× " + Amounts.decimal(row.ratio()));
        Span usual = Marks.dim("× 1");
        usual.setTitle("It has no ratio of its own.");
        return usual;
    }

    private static Component access(GroupRow row) {
        if (row.openToAll()) return Marks.pill("everybody", Marks.Tone.GOOD);
        if (row.listed().isEmpty()) return Marks.pill("only its own users", Marks.Tone.NEUTRAL);
        Component both =
                Marks.row(Marks.pill("some groups", Marks.Tone.ACCENT), Marks.dim(String.join(", ", row.listed())));
        both.getElement().setAttribute("title", "Users of " + String.join(", ", row.listed()));
        return both;
    }

    private static Component auto(GroupRow row) {
        return row.autoPlace() == 0 ? Marks.dim("–") : new Span(row.autoPlace() + ".");
    }

    private static Component count(long count, @Nullable String address) {
        if (count == 0) return Marks.dim("–");
        String text = Amounts.number(count);
        return address == null ? new Span(text) : new com.vaadin.flow.component.html.Anchor(address, text);
    }

    private Component tools(GroupRow row) {
        Button edit = Tool.icon("Edit " + row.name(), Glyph.EDIT, click -> edit(row));
        edit.addClassName("edit");
        return Marks.box("row-tools", edit);
    }

    private void edit(@Nullable GroupRow row) {
        List<String> names = rows.stream().map(GroupRow::name).toList();
        new GroupDialog(visitor, row, names, this::show).open();
    }

    private List<String> order() {
        return rows.stream()
                .filter(row -> row.autoPlace() > 0)
                .sorted(Comparator.comparingInt(GroupRow::autoPlace))
                .map(GroupRow::name)
                .toList();
    }

    /** The order of auto, moved by buttons that the keyboard reaches. */
    private void showAuto() {
        auto.removeAll();
        auto.add(new H2("Order of auto"));
        boolean open = rows.stream().anyMatch(row -> row.name().equals(GroupRules.AUTO) && row.openToAll());
        auto.add(Marks.dim(
                "A key with the group auto is served by the first of these that serves the model and that its user may use."
                        + (open ? "" : " Nobody can choose auto yet: add a group called auto and open it.")));
        List<String> order = order();
        Div lines = new Div();
        lines.addClassName("auto-order");
        for (int i = 0; i < order.size(); i++) lines.add(line(order, i));
        if (order.isEmpty()) lines.add(Marks.dim("No group yet."));
        auto.add(lines);
        if (!root) return;
        Div more = new Div();
        more.addClassName("row");
        for (GroupRow row : rows)
            if (row.autoPlace() == 0 && !row.name().equals(GroupRules.AUTO)) {
                Button add = new Button("Add " + row.name(), Glyph.PLUS.icon(), click -> {
                    List<String> longer = new ArrayList<>(order);
                    longer.add(row.name());
                    save(longer, row.name());
                });
                add.setId("auto-add-" + row.name());
                more.add(add);
            }
        auto.add(more);
    }

    private Component line(List<String> order, int place) {
        String name = order.get(place);
        Div line = Marks.box("auto-line", new Span((place + 1) + "."), Marks.text(name, "strong", "grow"));
        if (!root) return line;
        Button up = Tool.icon("Move " + name + " up", Glyph.UP, click -> move(order, place, place - 1));
        up.setId("auto-up-" + name);
        up.setEnabled(place > 0);
        Button down = Tool.icon("Move " + name + " down", Glyph.DOWN, click -> move(order, place, place + 1));
        down.setId("auto-down-" + name);
        down.setEnabled(place < order.size() - 1);
        Button remove = Tool.icon("Take " + name + " out of auto", Glyph.CROSS, click -> {
            List<String> shorter = new ArrayList<>(order);
            shorter.remove(name);
            save(shorter, null);
        });
        remove.setId("auto-remove-" + name);
        line.add(up, down, remove);
        return line;
    }

    private void move(List<String> order, int from, int to) {
        List<String> moved = new ArrayList<>(order);
        Collections.swap(moved, from, to);
        save(moved, order.get(from));
    }

    /** @param moved where the keyboard stays; null for nowhere */
    private void save(List<String> order, @Nullable String moved) {
        Notices.attempt(() -> {
            visitor.send(
                    new ChangeOptions(Map.of(Option.AUTO_GROUPS.key(), GroupRules.autoText(order)), Instant.now()));
            show();
            Notices.done("Order saved.");
        });
        if (moved == null) return;
        for (String id : List.of("auto-up-" + moved, "auto-down-" + moved))
            auto.getChildren()
                    .flatMap(Component::getChildren)
                    .flatMap(Component::getChildren)
                    .filter(one ->
                            one.getId().orElse("").equals(id) && one instanceof Button button && button.isEnabled())
                    .findFirst()
                    .ifPresent(one -> ((Button) one).focus());
    }
}

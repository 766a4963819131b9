package io.tollbook.console.channel;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.ActiveFilters;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Segments;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.channel.ChannelAddresses;
import io.tollbook.kernel.channel.ChannelFiles;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelOutages;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTags;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.CopyChannel;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.channel.ListedOutage;
import io.tollbook.kernel.channel.ListedTag;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The accounts at providers: which models they serve, in which order, and whether they answer. */
@Route("channels")
@OpenTo(value = Role.ADMIN, auditors = true)
class ChannelsView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final Site site;
    private final Ids ids;
    private final ChannelProbe probe;
    private final ChannelAddresses addresses;
    private final Sessions sessions;
    private final Filters filters = new Filters();
    private final ActiveFilters active = new ActiveFilters(filters);
    private final TextField keyword;
    private final TextField model;
    private final Select<String> group;
    private final Select<ChannelType> type;
    private final Select<Shown> status;
    private final Select<String> tag;
    private final Segments<Boolean> byTag =
            new Segments<>("How channels are listed", List.of(false, true), tags -> tags ? "By tag" : "Channels");
    private final boolean changes;
    private final ListGrid<ChannelSummary> list;
    private final TagList tags;
    private final Div listPanel;
    private final Div tagPanel;
    private final ChannelBulk bulk;
    private Map<ChannelId, List<ListedOutage>> outages = Map.of();

    /** Parts of the list, by how channels stand. */
    enum Shown {
        ENABLED("Enabled", ChannelStatus.ENABLED),
        DISABLED("Disabled", ChannelStatus.DISABLED_BY_HAND, ChannelStatus.DISABLED_AUTOMATICALLY),
        BY_HAND("Disabled by hand", ChannelStatus.DISABLED_BY_HAND),
        STOPPED("Stopped themselves", ChannelStatus.DISABLED_AUTOMATICALLY);

        private final String words;
        private final Set<ChannelStatus> statuses;

        Shown(String words, ChannelStatus... statuses) {
            this.words = words;
            this.statuses = Set.of(statuses);
        }
    }

    ChannelsView(
            Visitor visitor,
            Site site,
            Ids ids,
            ChannelProbe probe,
            ChannelAddresses addresses,
            ChannelFiles files,
            Sessions sessions) {
        super("Channels", "Accounts at providers. A call goes to the highest priority, then by weight.");
        this.visitor = visitor;
        this.site = site;
        this.ids = ids;
        this.probe = probe;
        this.addresses = addresses;
        this.sessions = sessions;
        changes = !visitor.isAuditor();
        actions(Tool.plain(
                "channel-files",
                changes ? "Import, export" : "Export",
                Glyph.COPY,
                click -> new FileDialog(visitor, ids, files, () -> all(ChannelFilter.ALL), this::reload).open()));
        if (changes) actions(Tool.primary("new-channel", "New channel", Glyph.PLUS, click -> edit(null)));
        keyword = filters.text("q", "Search");
        keyword.setPlaceholder("Name, id, URL or key");
        keyword.setPrefixComponent(Glyph.SEARCH.icon());
        model = filters.text("model", "Model");
        status = filters.choice("status", "Status", List.of(Shown.values()), one -> one.words, Shown::name);
        type = filters.choice(
                "type",
                "Type",
                Arrays.asList(ChannelType.values()),
                ChannelType::label,
                one -> Integer.toString(one.number()));
        group = filters.choice("group", "Group", List.copyOf(site.groups().keySet()), one -> one, one -> one);
        tag = filters.choice("tag", "Tag", tagNames(), one -> one, one -> one);
        filters.look("by", byTag, List.of(false, true), false, tags -> tags ? "tag" : "channel");
        actions(byTag);
        list = new ListGrid<>("channels", "Channels", empty());
        bulk = new ChannelBulk(visitor, () -> all(filter()), () -> site.groups().keySet(), this::reload, list);
        tags = new TagList(visitor, this::allOf, () -> site.groups().keySet(), this::reload);
        columns();
        listPanel = list.panel(bulk);
        tagPanel = tags.panel();
        add(active, filters, listPanel, tagPanel);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        active.show();
        listPanel.setVisible(!byTag.getValue());
        tagPanel.setVisible(byTag.getValue());
        look();
        bulk.clear();
        ChannelFilter filter = filter();
        if (byTag.getValue()) tags.source((paging, order) -> visitor.ask(new ChannelTags(filter, paging)));
        else
            list.source((paging, order) -> {
                QuerySortOrder by = order.isEmpty() ? null : order.getFirst();
                return visitor.ask(new Channels(
                        filter,
                        by == null ? Channels.Order.PRIORITY : Channels.Order.valueOf(by.getSorted()),
                        by == null || by.getDirection() == SortDirection.DESCENDING,
                        paging));
            });
    }

    private ChannelFilter filter() {
        return new ChannelFilter(
                blank(keyword.getValue()),
                blank(model.getValue()),
                group.getValue(),
                status.getValue() == null ? Set.of() : status.getValue().statuses,
                type.getValue() == null ? null : type.getValue().number(),
                tag.getValue());
    }

    private static @Nullable String blank(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private List<String> tagNames() {
        return visitor.ask(new ChannelTags(ChannelFilter.ALL, Paging.first(Paging.LIMIT_MAX))).items().stream()
                .map(ListedTag::tag)
                .toList();
    }

    private List<ChannelSummary> all(ChannelFilter filter) {
        List<ChannelSummary> all = new ArrayList<>();
        Page<ChannelSummary> page;
        do {
            page = visitor.ask(Channels.byId(filter, new Paging(all.size(), Paging.LIMIT_MAX)));
            all.addAll(page.items());
        } while (!page.items().isEmpty() && all.size() < page.total());
        return all;
    }

    private List<ChannelSummary> allOf(String oneTag) {
        return all(ChannelFilter.ALL.withTag(oneTag));
    }

    private void look() {
        outages = visitor.ask(new ChannelOutages()).stream().collect(Collectors.groupingBy(ListedOutage::channel));
    }

    private void reload() {
        look();
        bulk.clear(); // What was chosen is not what it was.
        if (byTag.getValue()) tags.reload();
        else list.reload();
    }

    private Empty empty() {
        if (!changes) return new Empty(Glyph.CHANNEL, "No channels here", "None matches.");
        return new Empty(
                Glyph.CHANNEL,
                "No channels here",
                "Add an account at a provider. Calls for its models then go there.",
                Tool.primary("new-channel-empty", "New channel", Glyph.PLUS, click -> edit(null)));
    }

    private void columns() {
        list.addColumn(channel -> channel.id().value())
                .setHeader("Id")
                .setSortProperty(Channels.Order.ID.name())
                .setWidth("56px")
                .setFlexGrow(0);
        list.addComponentColumn(ChannelCells::name)
                .setHeader("Name")
                .setSortProperty(Channels.Order.NAME.name())
                .setWidth("140px")
                .setFlexGrow(2);
        list.addComponentColumn(this::status)
                .setHeader("Status")
                .setWidth("150px")
                .setFlexGrow(1);
        list.addComponentColumn(ChannelCells::serves)
                .setHeader("Models, groups")
                .setWidth("150px")
                .setFlexGrow(2);
        list.addComponentColumn(this::priority)
                .setHeader("Priority")
                .setSortProperty(Channels.Order.PRIORITY.name())
                .setWidth("100px")
                .setFlexGrow(0);
        list.addComponentColumn(this::weight)
                .setHeader("Weight")
                .setSortProperty(Channels.Order.WEIGHT.name())
                .setWidth("92px")
                .setFlexGrow(0);
        list.addComponentColumn(channel -> Marks.usd(channel.used()))
                .setHeader("Used")
                .setSortProperty(Channels.Order.USED.name())
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("108px")
                .setFlexGrow(0);
        list.addComponentColumn(ChannelCells::tested)
                .setHeader("Last test")
                .setSortProperty(Channels.Order.TEST_TIME.name())
                .setWidth("106px")
                .setFlexGrow(0);
        if (changes) {
            list.setSelectionMode(Grid.SelectionMode.MULTI);
            list.addSelectionListener(event -> bulk.show(new LinkedHashSet<>(event.getAllSelectedItems())));
        }
        list.addComponentColumn(this::tools).setHeader("").setWidth("172px").setFlexGrow(0);
        list.cards(channel -> {
            Div card = new Div(
                    Marks.box("card-line", ChannelCells.name(channel), status(channel)),
                    ChannelCells.serves(channel),
                    Marks.box("card-line", ChannelCells.order(channel), ChannelCells.tested(channel)),
                    tools(channel));
            card.addClassName("card-row");
            return card;
        });
    }

    private Component status(ChannelSummary channel) {
        return ChannelCells.status(channel, outages.getOrDefault(channel.id(), List.of()));
    }

    private Component priority(ChannelSummary channel) {
        int priority = Math.toIntExact(channel.terms().priority());
        if (!changes) return Marks.text(Integer.toString(priority), "num");
        return new InlineNumber(
                visitor,
                channel,
                "Priority of " + channel.terms().name(),
                priority,
                value -> TermsEdit.priority(channel.terms(), value),
                this::reload);
    }

    private Component weight(ChannelSummary channel) {
        int weight = channel.terms().weight();
        if (!changes) return Marks.text(Integer.toString(weight), "num");
        return new InlineNumber(
                visitor,
                channel,
                "Weight of " + channel.terms().name(),
                weight,
                value -> TermsEdit.weight(channel.terms(), value),
                this::reload);
    }

    private Component tools(ChannelSummary channel) {
        String name = channel.terms().name();
        if (!changes)
            return Marks.box(
                    "row-tools",
                    Tool.icon("Keys of " + name, Glyph.KEY, click -> keys(channel)),
                    Tool.icon("History of " + name, Glyph.CLOCK, click -> history(channel)));
        // A bar of menus, as narrow as this, would put its only menu into another one.
        Button more = Tool.icon("More for " + name, Glyph.MORE, click -> {});
        more.addClassName("more");
        ContextMenu menu = new ContextMenu(more);
        menu.setOpenOnClick(true);
        menu.addItem("Keys", click -> keys(channel));
        menu.addItem("History", click -> history(channel));
        menu.addItem("Copy", click -> Notices.attempt(() -> copy(channel)));
        menu.addItem("Delete…", click -> delete(channel));
        boolean on = channel.status() == ChannelStatus.ENABLED;
        Button test = Tool.icon(
                "Test " + name, Glyph.PLAY, click -> new TestDialog(visitor, probe, channel, this::reload).open());
        test.addClassName("test");
        Button power = Tool.icon(
                (on ? "Disable " : "Enable ") + name,
                Glyph.POWER,
                click -> Notices.attempt(() -> {
                    if (on) visitor.send(new DisableChannel(channel.id(), false, "by hand"));
                    else visitor.send(new EnableChannel(channel.id(), Instant.now()));
                    reload();
                    Notices.done(on ? "Channel disabled." : "Channel enabled.");
                }));
        power.addClassName("power");
        Button edit = Tool.icon("Edit " + name, Glyph.EDIT, click -> edit(channel));
        edit.addClassName("edit");
        return Marks.box("row-tools", test, power, edit, more);
    }

    private void keys(ChannelSummary channel) {
        new KeysDialog(visitor, sessions, channel.id(), channel.terms().name(), this::reload).open();
    }

    private void history(ChannelSummary channel) {
        new HistoryDialog(visitor, channel).open();
    }

    private void copy(ChannelSummary channel) {
        visitor.send(new CopyChannel(channel.id(), new ChannelId(ids.next(Ids.Kind.CHANNEL)), " copy", Instant.now()));
        reload();
        Notices.done("Copied with its keys as “" + channel.terms().name() + " copy”.");
    }

    private void delete(ChannelSummary channel) {
        Confirm.destructive(
                "Delete the channel “" + channel.terms().name() + "”?",
                "No call goes there any more, and its key is destroyed. Its past calls stay in the book.",
                "Delete",
                () -> {
                    visitor.send(new DeleteChannel(channel.id()));
                    reload();
                    Notices.done("Channel deleted.");
                });
    }

    private void edit(@Nullable ChannelSummary channel) {
        new ChannelDialog(visitor, site, ids, addresses, channel, this::reload).open();
    }
}

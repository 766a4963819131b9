package io.tollbook.console.channel;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.console.settings.Site;
import io.tollbook.kernel.Ids;
import io.tollbook.kernel.channel.ChannelProbe;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.channel.DeleteChannel;
import io.tollbook.kernel.channel.DisableChannel;
import io.tollbook.kernel.channel.EnableChannel;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The accounts at providers: which models they serve, in which order, and whether they answer. */
@Route("channels")
@OpenTo(value = Role.ADMIN, auditors = true)
class ChannelsView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final Site site;
    private final Ids ids;
    private final ChannelProbe probe;
    private final Filters filters = new Filters();
    private final TextField keyword;
    private final TextField model;
    private final Select<String> group;
    private final Select<ChannelType> type;
    private final Select<Boolean> enabled;
    private final boolean changes;
    private final ListGrid<ChannelSummary> list;

    ChannelsView(Visitor visitor, Site site, Ids ids, ChannelProbe probe) {
        super("Channels", "Accounts at providers. A call goes to the highest priority, then by weight.");
        this.visitor = visitor;
        this.site = site;
        this.ids = ids;
        this.probe = probe;
        changes = !visitor.isAuditor();
        if (changes) actions(Tool.primary("new-channel", "New channel", Glyph.PLUS, click -> edit(null)));
        keyword = filters.text("q", "Search name, id or URL");
        keyword.setPrefixComponent(Glyph.SEARCH.icon());
        model = filters.text("model", "Model");
        group = filters.choice("group", "Group", List.copyOf(site.groups().keySet()), one -> one, one -> one);
        type = filters.choice(
                "type",
                "Type",
                Arrays.asList(ChannelType.values()),
                ChannelType::label,
                one -> Integer.toString(one.number()));
        enabled = filters.choice(
                "enabled", "Status", List.of(true, false), on -> on ? "Enabled" : "Disabled", Object::toString);
        list = new ListGrid<>("channels", "Channels", empty());
        columns();
        add(filters, list.panel());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        ChannelType chosen = type.getValue();
        list.source((paging, order) -> {
            QuerySortOrder by = order.isEmpty() ? null : order.getFirst();
            return visitor.ask(new Channels(
                    blank(keyword.getValue()),
                    blank(model.getValue()),
                    group.getValue(),
                    enabled.getValue(),
                    chosen == null ? null : chosen.number(),
                    by == null ? Channels.Order.PRIORITY : Channels.Order.valueOf(by.getSorted()),
                    by == null || by.getDirection() == SortDirection.DESCENDING,
                    paging));
        });
    }

    private Empty empty() {
        if (!changes) return new Empty(Glyph.CHANNEL, "No channels here", "None matches.");
        return new Empty(
                Glyph.CHANNEL,
                "No channels here",
                "Add an account at a provider. Calls for its models then go there.",
                Tool.primary("new-channel-empty", "New channel", Glyph.PLUS, click -> edit(null)));
    }

    private static @Nullable String blank(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private void columns() {
        list.addColumn(channel -> channel.id().value())
                .setHeader("Id")
                .setSortProperty(Channels.Order.ID.name())
                .setWidth("64px")
                .setFlexGrow(0);
        list.addComponentColumn(ChannelsView::name)
                .setHeader("Name")
                .setSortProperty(Channels.Order.NAME.name())
                .setWidth("170px")
                .setFlexGrow(2);
        list.addComponentColumn(ChannelsView::status)
                .setHeader("Status")
                .setWidth("150px")
                .setFlexGrow(0);
        list.addComponentColumn(ChannelsView::serves)
                .setHeader("Models, groups")
                .setWidth("180px")
                .setFlexGrow(2);
        list.addComponentColumn(channel -> Marks.stacked(
                        new Span(Amounts.number(channel.terms().priority())),
                        Marks.dim("weight " + channel.terms().weight())))
                .setHeader("Priority")
                .setSortProperty(Channels.Order.PRIORITY.name())
                .setWidth("104px")
                .setFlexGrow(0);
        list.addComponentColumn(channel -> Marks.usd(channel.used()))
                .setHeader("Used")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("128px")
                .setFlexGrow(0);
        list.addComponentColumn(ChannelsView::tested)
                .setHeader("Last test")
                .setSortProperty(Channels.Order.TEST_TIME.name())
                .setWidth("124px")
                .setFlexGrow(0);
        if (changes)
            list.addComponentColumn(this::tools).setHeader("").setWidth("150px").setFlexGrow(0);
        list.cards(channel -> {
            Div card = new Div(
                    Marks.box("card-line", name(channel), status(channel)),
                    serves(channel),
                    Marks.box("card-line", tested(channel), tools(channel)));
            card.addClassName("card-row");
            return card;
        });
    }

    private static String typeName(int number) {
        return Arrays.stream(ChannelType.values())
                .filter(one -> one.number() == number)
                .map(ChannelType::label)
                .findFirst()
                .orElse("type " + number);
    }

    private static Component name(ChannelSummary channel) {
        String below = typeName(channel.terms().type())
                + (channel.terms().tag().isEmpty()
                        ? ""
                        : " · " + channel.terms().tag());
        Component name = Marks.stacked(Marks.text(channel.terms().name(), "strong"), Marks.dim(below));
        if (!channel.terms().remark().isEmpty())
            name.getElement().setAttribute("title", channel.terms().remark());
        return name;
    }

    private static Component status(ChannelSummary channel) {
        return switch (channel.status()) {
            case ENABLED -> Marks.pill("enabled", Marks.Tone.GOOD);
            case DISABLED_BY_HAND -> Marks.pill("disabled", Marks.Tone.NEUTRAL);
            case DISABLED_AUTOMATICALLY -> {
                Component both =
                        Marks.stacked(Marks.pill("stopped itself", Marks.Tone.BAD), Marks.dim(channel.statusReason()));
                both.getElement().setAttribute("title", channel.statusReason());
                yield both;
            }
        };
    }

    private static Component serves(ChannelSummary channel) {
        List<String> models = channel.terms().models();
        String some = String.join(", ", models.subList(0, Math.min(2, models.size())))
                + (models.size() > 2 ? " +" + (models.size() - 2) : "");
        Component both = Marks.stacked(
                new Span(some), Marks.dim(String.join(", ", channel.terms().groups())));
        both.getElement().setAttribute("title", String.join(", ", models));
        return both;
    }

    private static Component tested(ChannelSummary channel) {
        if (channel.testedAt() == null) return Marks.dim("never tested");
        return Marks.stacked(
                channel.testPassed()
                        ? Marks.text(Moments.length(channel.testMillis()), "good")
                        : Marks.text("failed", "bad"),
                Marks.dim(Moments.ago(channel.testedAt(), Instant.now())));
    }

    private Component tools(ChannelSummary channel) {
        if (!changes) return new Div();
        boolean on = channel.status() == ChannelStatus.ENABLED;
        String name = channel.terms().name();
        Button test = Tool.icon(
                "Test " + name, Glyph.PLAY, click -> new TestDialog(visitor, probe, channel, list::reload).open());
        test.addClassName("test");
        Button power = Tool.icon(
                (on ? "Disable " : "Enable ") + name,
                Glyph.POWER,
                click -> Notices.attempt(() -> {
                    if (on) visitor.send(new DisableChannel(channel.id(), false, "by hand"));
                    else visitor.send(new EnableChannel(channel.id(), Instant.now()));
                    list.reload();
                    Notices.done(on ? "Channel disabled." : "Channel enabled.");
                }));
        power.addClassName("power");
        Button edit = Tool.icon("Edit " + name, Glyph.EDIT, click -> edit(channel));
        edit.addClassName("edit");
        Button delete = Tool.icon(
                "Delete " + name,
                Glyph.TRASH,
                click -> Confirm.destructive(
                        "Delete the channel “" + name + "”?",
                        "No call goes there any more, and its key is destroyed. Its past calls stay in the book.",
                        "Delete",
                        () -> {
                            visitor.send(new DeleteChannel(channel.id()));
                            list.reload();
                            Notices.done("Channel deleted.");
                        }));
        delete.addClassName("delete");
        return Marks.box("row-tools", test, power, edit, delete);
    }

    private void edit(@Nullable ChannelSummary channel) {
        new ChannelDialog(visitor, site, ids, channel, list::reload).open();
    }
}

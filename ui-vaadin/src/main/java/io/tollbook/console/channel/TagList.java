package io.tollbook.console.channel;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.RouterLink;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ListedTag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Channels by tag: one row for all that share one, and what is done to all of them. */
class TagList extends ListGrid<ListedTag> {
    private final Visitor visitor;
    private final Function<String, List<ChannelSummary>> channels;
    private final Supplier<Set<String>> groups;
    private final Runnable after;

    TagList(
            Visitor visitor,
            Function<String, List<ChannelSummary>> channels,
            Supplier<Set<String>> groups,
            Runnable after) {
        super("channel-tags", "Tags", new Empty(Glyph.CHANNEL, "No tags here", "Select channels and give them a tag."));
        this.visitor = visitor;
        this.channels = channels;
        this.groups = groups;
        this.after = after;
        addComponentColumn(this::name).setHeader("Tag").setFlexGrow(2);
        addComponentColumn(TagList::count).setHeader("Channels").setFlexGrow(1);
        addColumn(tag -> Amounts.number(tag.priority()))
                .setHeader("Highest priority")
                .setFlexGrow(1);
        if (!visitor.isAuditor())
            addComponentColumn(this::tools).setHeader("").setWidth("130px").setFlexGrow(0);
        cards(tag -> {
            Div card = new Div(Marks.box("card-line", name(tag), count(tag)), tools(tag));
            card.addClassName("card-row");
            return card;
        });
    }

    private Component name(ListedTag tag) {
        RouterLink link = new RouterLink(tag.tag(), ChannelsView.class);
        link.setQueryParameters(QueryParameters.simple(Map.of("tag", tag.tag())));
        link.addClassName("strong");
        return link;
    }

    private static Component count(ListedTag tag) {
        Marks.Tone tone = tag.enabled() == tag.channels()
                ? Marks.Tone.GOOD
                : tag.enabled() == 0 ? Marks.Tone.NEUTRAL : Marks.Tone.WARNING;
        return Marks.row(new Span(Amounts.number(tag.channels())), Marks.pill(tag.enabled() + " enabled", tone));
    }

    private Component tools(ListedTag tag) {
        if (visitor.isAuditor()) return new Span();
        Button on = Tool.icon("Enable all of " + tag.tag(), Glyph.POWER, click -> power(tag, true));
        Button off = Tool.icon(
                "Disable all of " + tag.tag(),
                Glyph.PAUSE,
                click -> Confirm.plain(
                        "Disable " + tag.enabled() + " channels of “" + tag.tag() + "”?",
                        "No new call goes there within a second. You can undo this.",
                        "Disable",
                        () -> power(tag, false)));
        Button edit = Tool.icon(
                "Edit all of " + tag.tag(),
                Glyph.EDIT,
                click -> new BulkEditDialog(visitor, channels.apply(tag.tag()), groups.get(), after).open());
        return Marks.box("row-tools", on, off, edit);
    }

    private void power(ListedTag tag, boolean on) {
        List<ChannelChange> changes = channels.apply(tag.tag()).stream()
                .filter(channel -> on != (channel.status() == ChannelStatus.ENABLED))
                .map(channel -> new ChannelChange(channel.id(), channel.terms(), channel.terms(), on))
                .toList();
        if (changes.isEmpty()) Notices.done("Nothing to change: it is so already.");
        else Notices.attempt(() -> ChangePreview.apply(visitor, changes, after));
    }
}

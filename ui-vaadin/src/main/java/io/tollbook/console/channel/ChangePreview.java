package io.tollbook.console.channel;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelDifference;
import io.tollbook.kernel.channel.FieldChange;
import java.time.Instant;
import java.util.List;

/** Changes of many channels: each shown before and after, then done together, and taken back together. */
class ChangePreview extends Div {
    private static final int SHOWN_MAX = 50;
    private static final int TEXT_MAX = 120;

    ChangePreview() {
        setId("channels-preview");
        addClassName("bulk-preview");
    }

    void show(List<ChannelChange> changes, int chosen) {
        removeAll();
        SmallTable table = new SmallTable("Channel", "Field", "Before", "After");
        changes.stream().limit(SHOWN_MAX).forEach(change -> {
            for (FieldChange field : ChannelDifference.between(change.before(), change.after()))
                line(table, change, field);
            if (change.enabled() != null)
                line(
                        table,
                        change,
                        new FieldChange(
                                "status",
                                change.enabled() ? "disabled" : "enabled",
                                change.enabled() ? "enabled" : "disabled"));
        });
        if (!changes.isEmpty()) add(Marks.box("scroll-x", table));
        int more = changes.size() - SHOWN_MAX;
        int same = chosen - changes.size();
        String words = more > 0 ? "and " + more + " more. " : "";
        if (changes.isEmpty()) words += "Nothing changes: it is so already.";
        else if (same > 0) words += same + " of " + chosen + " stay as they are.";
        if (!words.isEmpty()) add(Marks.dim(words.strip()));
    }

    private static void line(SmallTable table, ChannelChange change, FieldChange field) {
        table.line(
                Marks.text(change.before().name(), "strong"),
                new Span(field.field()),
                shortened(field.before()),
                shortened(field.after()));
    }

    private static Span shortened(String text) {
        Span span =
                new Span(text.isEmpty() ? "–" : text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "…" : text);
        span.setTitle(text);
        return span;
    }

    /** Does all of it, and offers to take all of it back as long as nobody has changed it again. */
    static void apply(Visitor visitor, List<ChannelChange> changes, Runnable after) {
        visitor.send(ChangeChannels.of(changes, Instant.now()));
        after.run();
        Notices.undoable(changes.size() == 1 ? "1 channel changed." : changes.size() + " channels changed.", () -> {
            visitor.send(ChangeChannels.of(
                    changes.stream().map(ChannelChange::reversed).toList(), Instant.now()));
            after.run();
        });
    }
}

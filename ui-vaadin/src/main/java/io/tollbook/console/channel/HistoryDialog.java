package io.tollbook.console.channel;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.channel.ChannelHistory;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.FieldChange;
import io.tollbook.kernel.channel.HistoryEntry;

/** What was done to a channel, and what befell it. */
class HistoryDialog extends Dialog {
    private static final int AT_ONCE = 25;
    private static final int TEXT_MAX = 160;

    private final Visitor visitor;
    private final ChannelSummary channel;
    private final Div lines = new Div();
    private final Button older = new Button("Older");
    private int shown = AT_ONCE;

    HistoryDialog(Visitor visitor, ChannelSummary channel) {
        this.visitor = visitor;
        this.channel = channel;
        setId("channel-history");
        setHeaderTitle("History of “" + channel.terms().name() + "”");
        setWidth("860px");
        setMaxWidth("100%");
        older.setId("history-older");
        older.addClickListener(click -> {
            shown += AT_ONCE;
            show();
        });
        add(lines, older);
        Button close = new Button("Close", click -> close());
        close.setId("history-close");
        getFooter().add(close);
        show();
    }

    private void show() {
        Page<HistoryEntry> page =
                visitor.ask(new ChannelHistory(channel.id(), Paging.first(Math.min(shown, Paging.LIMIT_MAX))));
        lines.removeAll();
        older.setVisible(page.total() > page.items().size() && shown < Paging.LIMIT_MAX);
        SmallTable table = new SmallTable("When", "By", "What");
        for (HistoryEntry entry : page.items())
            table.line(
                    new Span(Moments.second(entry.at())),
                    new Span(entry.by().isEmpty() ? "Tollbook" : entry.by()),
                    what(entry));
        lines.add(Marks.box("scroll-x", table));
    }

    private static Component what(HistoryEntry entry) {
        Div what = new Div(new Span(entry.what()));
        for (FieldChange change : entry.changes()) {
            String words = change.toString();
            Span line = Marks.dim(words.length() > TEXT_MAX ? words.substring(0, TEXT_MAX) + "…" : words);
            line.setTitle(words);
            what.add(new Div(line));
        }
        return what;
    }
}

package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.channel.ChannelIncident;
import io.tollbook.kernel.channel.ChannelIncidents;
import io.tollbook.kernel.channel.IncidentMarks;
import java.time.Instant;
import java.util.List;

/** What has happened to channels by itself, with a mark at what its reader has not seen; gone while nothing has happened. */
class ChannelNews extends Div {
    private static final int FEW = 5;
    private static final int MANY = 100;

    private final Visitor visitor;
    private final IncidentMarks marks;
    private boolean all;

    ChannelNews(Visitor visitor, IncidentMarks marks) {
        this.visitor = visitor;
        this.marks = marks;
        setId("channel-news");
        addClassNames("panel", "panel-pad", "channel-news");
        load();
    }

    void load() {
        removeAll();
        List<ChannelIncident> latest = visitor.ask(new ChannelIncidents(MANY));
        setVisible(!latest.isEmpty());
        if (latest.isEmpty()) return;
        long read = marks.read(visitor.user());
        long unread = latest.stream().filter(one -> one.position() > read).count();
        add(head(unread, latest.getFirst().position()));
        Instant now = Instant.now();
        latest.stream().limit(all ? MANY : FEW).forEach(one -> add(line(one, one.position() > read, now)));
        if (!all && latest.size() > FEW)
            add(Tool.plain("channel-news-all", "Show " + latest.size(), Glyph.MORE, click -> {
                all = true;
                load();
            }));
    }

    private Component head(long unread, long newest) {
        Div title = new Div(new H2("Channels lately"));
        title.addClassName("row");
        if (unread > 0) {
            Span pill = Marks.pill(Amounts.number(unread) + " new", Marks.Tone.WARNING);
            pill.setId("channel-news-unread");
            title.add(pill);
        }
        Div head = new Div(title);
        head.addClassName("panel-head");
        if (unread > 0)
            head.add(Tool.plain("channel-news-read", "Mark as read", Glyph.CHECK, click -> {
                marks.mark(visitor.user(), newest);
                load();
            }));
        return head;
    }

    private static Component line(ChannelIncident incident, boolean isNew, Instant now) {
        Span what = Marks.pill(incident.kind().words(), incident.kind().isBad() ? Marks.Tone.BAD : Marks.Tone.GOOD);
        Anchor channel = new Anchor("channels", incident.name());
        String key = incident.key() == null ? "" : "key " + incident.key() + " · ";
        Span when = Marks.dim(Moments.ago(incident.at(), now));
        when.setTitle(Moments.second(incident.at()));
        Div line = new Div(Marks.row(what, channel, when), Marks.dim(key + incident.why()));
        line.addClassName("channel-news-line");
        if (isNew) line.addClassName("unread");
        return line;
    }
}

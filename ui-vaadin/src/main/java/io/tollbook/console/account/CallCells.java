package io.tollbook.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.kernel.account.KnownCall;
import io.tollbook.kernel.channel.ChannelId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** How lists of calls show whose a call is, what it asked for and where it stands in the book. */
final class CallCells {
    private CallCells() {}

    static Component age(Instant since, Instant now) {
        return Marks.stacked(new Span(Moments.ago(since, now)), Marks.dim(Moments.second(since)));
    }

    static Component who(KnownCall call) {
        return Marks.stacked(Marks.text(user(call), "strong"), Marks.dim("key " + key(call)));
    }

    static String user(KnownCall call) {
        String name = call.names().user();
        return name.isEmpty() ? "user " + call.user().value() : name;
    }

    private static String key(KnownCall call) {
        String name = call.names().token();
        return name.isEmpty() ? Long.toString(call.token().value()) : name;
    }

    static Component what(KnownCall call) {
        return Marks.stacked(new Span(call.model()), Marks.dim(channel(call)));
    }

    static String channel(KnownCall call) {
        ChannelId channel = call.channel();
        if (channel == null) return "no channel known";
        String name = call.names().channel();
        return name.isEmpty() ? "channel " + channel.value() : name + " (" + channel.value() + ")";
    }

    /** The request id, which leads to the call's entries in the book. */
    static Component request(KnownCall call) {
        String hold = call.hold().value();
        Anchor link = new Anchor(
                "book/" + call.account().value() + "?q=" + URLEncoder.encode(hold, StandardCharsets.UTF_8), hold);
        link.addClassName("code");
        link.setTitle("Its entries in the book");
        return link;
    }

    /** What every dialog about a call begins with. */
    static Facts facts(KnownCall call) {
        return new Facts()
                .add("Request", Marks.row(request(call), Clip.button("request id", call.hold()::value)))
                .add("User", user(call) + ", account " + call.account().value())
                .add("Key", key(call))
                .add("Model", call.model())
                .add("Channel", channel(call));
    }
}

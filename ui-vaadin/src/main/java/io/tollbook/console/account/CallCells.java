package io.tollbook.console.account;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.kernel.account.AccountId;
import io.tollbook.kernel.account.CallNames;
import io.tollbook.kernel.account.HoldId;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.token.TokenId;
import io.tollbook.kernel.user.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How lists of calls show whose a call is, what it asked for and where it stands in the book. */
final class CallCells {
    private CallCells() {}

    static Component age(Instant since, Instant now) {
        return Marks.stacked(new Span(Moments.ago(since, now)), Marks.dim(Moments.second(since)));
    }

    static Component who(UserId user, TokenId token, CallNames names) {
        return Marks.stacked(
                Marks.text(user(user, names), "strong"),
                Marks.dim("key " + (names.token().isEmpty() ? Long.toString(token.value()) : names.token())));
    }

    static String user(UserId user, CallNames names) {
        return names.user().isEmpty() ? "user " + user.value() : names.user();
    }

    static Component what(String model, @Nullable ChannelId channel, CallNames names) {
        return Marks.stacked(new Span(model), Marks.dim(channel(channel, names)));
    }

    static String channel(@Nullable ChannelId channel, CallNames names) {
        if (channel == null) return "no channel known";
        return names.channel().isEmpty()
                ? "channel " + channel.value()
                : names.channel() + " (" + channel.value() + ")";
    }

    /** The request id, which leads to the call's entries in the book. */
    static Component request(AccountId account, HoldId hold) {
        Anchor link = new Anchor(
                "book/" + account.value() + "?q=" + URLEncoder.encode(hold.value(), StandardCharsets.UTF_8),
                hold.value());
        link.addClassName("code");
        link.setTitle("Its entries in the book");
        return link;
    }

    /** What every dialog about a call begins with. */
    static Facts facts(
            AccountId account,
            HoldId hold,
            UserId user,
            TokenId token,
            String model,
            @Nullable ChannelId channel,
            CallNames names) {
        return new Facts()
                .add("Request", Marks.row(request(account, hold), Clip.button("request id", hold::value)))
                .add("User", user(user, names) + ", account " + account.value())
                .add("Key", names.token().isEmpty() ? Long.toString(token.value()) : names.token())
                .add("Model", model)
                .add("Channel", channel(channel, names));
    }
}

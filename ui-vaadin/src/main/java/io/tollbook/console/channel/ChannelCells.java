package io.tollbook.console.channel;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelType;
import io.tollbook.kernel.channel.ListedOutage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** What a row of the list of channels shows. */
final class ChannelCells {
    private ChannelCells() {}

    static String typeName(int number) {
        return Arrays.stream(ChannelType.values())
                .filter(one -> one.number() == number)
                .map(ChannelType::label)
                .findFirst()
                .orElse("type " + number);
    }

    static Component name(ChannelSummary channel) {
        String below = typeName(channel.terms().type())
                + (channel.terms().tag().isEmpty()
                        ? ""
                        : " · " + channel.terms().tag());
        Div name = Marks.stacked(Marks.text(channel.terms().name(), "strong"), Marks.dim(below));
        if (!channel.terms().remark().isEmpty()) name.setTitle(channel.terms().remark());
        return name;
    }

    static Component status(ChannelSummary channel, List<ListedOutage> outages) {
        String since = channel.statusAt() == null ? "" : Moments.ago(channel.statusAt(), Instant.now());
        String reason = channel.statusReason().isEmpty() ? "" : channel.statusReason() + " · ";
        return switch (channel.status()) {
            case ENABLED -> outages.isEmpty() ? on(channel) : out(outages);
            case DISABLED_BY_HAND -> told(Marks.pill("disabled", Marks.Tone.NEUTRAL), reason + since);
            case DISABLED_AUTOMATICALLY -> told(Marks.pill("stopped itself", Marks.Tone.BAD), reason + since);
        };
    }

    private static Component on(ChannelSummary channel) {
        Span pill = Marks.pill("enabled", Marks.Tone.GOOD);
        if (channel.keys().all() < 2) return pill;
        int off = channel.keys().all() - channel.keys().on();
        return told(pill, channel.keys().on() + " of " + channel.keys().all() + " keys", off == 0 ? "dim" : "warn");
    }

    private static Component out(List<ListedOutage> outages) {
        ListedOutage first = outages.getFirst();
        String where = outages.size() == 1 ? "" : " on " + outages.size() + " nodes";
        return told(
                Marks.pill("passed over" + where, Marks.Tone.WARNING),
                first.why() + " · " + Moments.ago(first.since(), Instant.now()));
    }

    private static Component told(Span pill, String words) {
        return told(pill, words, "dim");
    }

    private static Component told(Span pill, String words, String look) {
        Div both = Marks.stacked(pill, Marks.text(words, look));
        both.setTitle(words);
        return both;
    }

    static Component serves(ChannelSummary channel) {
        List<String> models = channel.terms().models();
        String some = String.join(", ", models.subList(0, Math.min(2, models.size())))
                + (models.size() > 2 ? " +" + (models.size() - 2) : "");
        Div both = Marks.stacked(
                new Span(some), Marks.dim(String.join(", ", channel.terms().groups())));
        both.setTitle(String.join(", ", models));
        return both;
    }

    static Component tested(ChannelSummary channel) {
        if (channel.testedAt() == null) return Marks.dim("never tested");
        Div both = Marks.stacked(
                channel.testPassed()
                        ? Marks.text(Moments.length(channel.testMillis()), "good")
                        : Marks.text("failed", "bad"),
                Marks.dim(Moments.ago(channel.testedAt(), Instant.now())));
        if (!channel.testError().isEmpty()) both.setTitle(channel.testError());
        return both;
    }

    static Component order(ChannelSummary channel) {
        return Marks.stacked(
                new Span("priority " + Amounts.number(channel.terms().priority())),
                Marks.dim("weight " + channel.terms().weight()));
    }
}

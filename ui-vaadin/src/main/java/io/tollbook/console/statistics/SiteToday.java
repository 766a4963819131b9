package io.tollbook.console.statistics;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.log.LogAddress;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.account.CallFilter;
import io.tollbook.kernel.account.OpenHolds;
import io.tollbook.kernel.account.UnresolvedCalls;
import io.tollbook.kernel.channel.ChannelFilter;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.Channels;
import io.tollbook.kernel.log.LogFilter;
import io.tollbook.kernel.log.LogKind;
import io.tollbook.kernel.log.LogStatistics;
import io.tollbook.kernel.log.LogStatisticsOf;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.statistics.MarginAlarms;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The whole site on one line, for administrators. */
class SiteToday extends Div {
    SiteToday(Visitor visitor, ReadModels readModels) {
        setId("site-today");
        addClassNames("panel", "site-today");
        Instant now = Instant.now();
        Instant yesterday = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        LogStatistics day = visitor.ask(
                new LogStatisticsOf(LogFilter.of(null).ofKind(LogKind.CONSUME).between(yesterday, null)));
        List<ChannelSummary> channels = visitor.ask(Channels.byId(ChannelFilter.ALL, Paging.first(1_000)))
                .items();
        long open = channels.stream()
                .filter(channel -> channel.status() == ChannelStatus.ENABLED)
                .count();
        long users =
                visitor.ask(new Users(null, null, null, null, Paging.first(1))).total();
        long holds = visitor.ask(new OpenHolds(CallFilter.ALL, Paging.first(1))).total();
        add(
                fact(
                        "Site, 24 hours",
                        link(LogAddress.charges().between(yesterday, null).toString(), Amounts.usd(day.quota()))),
                fact(
                        "Now",
                        link(
                                LogAddress.charges()
                                        .between(now.minusSeconds(60).truncatedTo(ChronoUnit.SECONDS), null)
                                        .toString(),
                                Amounts.number(day.callsLastMinute()) + " RPM · "
                                        + Amounts.number(day.tokensLastMinute()) + " TPM")),
                fact("Open holds", link("holds", Amounts.number(holds))),
                fact("Unresolved", unresolved(visitor)),
                fact("Margin, 24 hours", margin(visitor, yesterday)),
                fact("Channels", link("channels", open + " of " + channels.size() + " enabled")),
                fact("Users", link("users", Amounts.number(users))),
                fact("Read models", lag(visitor, readModels.all())));
    }

    private static Component unresolved(Visitor visitor) {
        long waiting = visitor.ask(new UnresolvedCalls(CallFilter.ALL, false, Paging.first(1)))
                .total();
        Span pill = waiting == 0
                ? Marks.pill("none", Marks.Tone.GOOD)
                : Marks.pill(Amounts.number(waiting) + " to decide", Marks.Tone.WARNING);
        return new Anchor("unresolved", pill);
    }

    /** Where less was left than should be. */
    private static Component margin(Visitor visitor, Instant since) {
        long alarms = visitor.ask(new MarginAlarms(since, Paging.first(1))).total();
        Anchor anchor = new Anchor(
                "dashboard/margin",
                alarms == 0
                        ? Marks.pill("no alarm", Marks.Tone.GOOD)
                        : Marks.pill(Amounts.number(alarms) + (alarms == 1 ? " alarm" : " alarms"), Marks.Tone.BAD));
        anchor.setId("margin-alarms");
        return anchor;
    }

    private static Component lag(Visitor visitor, List<ReadModel> models) {
        long behind = models.stream().mapToLong(ReadModel::behind).max().orElse(0);
        boolean broken = models.stream().anyMatch(model -> !model.running());
        Span pill = broken
                ? Marks.pill("stopped", Marks.Tone.BAD)
                : behind == 0
                        ? Marks.pill("up to date", Marks.Tone.GOOD)
                        : Marks.pill(Amounts.number(behind) + " events behind", Marks.Tone.WARNING);
        if (!visitor.maySee(Role.ROOT)) return pill;
        Anchor anchor = new Anchor("system/read-models", pill);
        anchor.setId("lag");
        return anchor;
    }

    private static Anchor link(String path, String text) {
        return new Anchor(path, text);
    }

    private static Component fact(String name, Component value) {
        Div fact = new Div(Marks.dim(name), value);
        fact.addClassName("fact");
        return fact;
    }
}

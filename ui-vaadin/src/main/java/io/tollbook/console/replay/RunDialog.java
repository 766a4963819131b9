package io.tollbook.console.replay;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadEvent;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.replay.ReplayDifference;
import io.tollbook.kernel.replay.ReplayDifferences;
import io.tollbook.kernel.replay.ReplayResult;
import io.tollbook.kernel.replay.ReplayRun;
import io.tollbook.kernel.replay.Replays;
import java.io.IOException;
import java.time.Duration;

/** What one replay found. */
class RunDialog extends Dialog {
    private static final int SHOWN = 100;
    private static final int DIGEST_SHOWN = 12;

    private final Visitor visitor;
    private final Replays replays;
    private final ReplayRun run;

    RunDialog(Visitor visitor, Replays replays, ReplayRun run, String who) {
        this.visitor = visitor;
        this.replays = replays;
        this.run = run;
        setId("replay-run");
        setHeaderTitle("Replay of " + Moments.second(run.startedAt()));
        setWidth("860px");
        setMaxWidth("100%");
        Facts facts = new Facts();
        facts.add("By", who);
        facts.add("Up to", run.upTo() == null ? "the present" : "position " + Amounts.number(run.upTo()));
        facts.add(
                "Took",
                Moments.length(Duration.between(run.startedAt(), run.at()).toMillis()));
        facts.add("Run", Marks.code(run.run()));
        add(facts, section("Read models", results()));
        if (run.differences() > 0) add(section("Differences", differences()));
        Button close = new Button("Close", click -> close());
        close.setId("replay-run-close");
        getFooter().add(close);
    }

    private static Component section(String title, Component content) {
        Div section = new Div(new H3(title), content);
        section.addClassName("section");
        return section;
    }

    private Component results() {
        SmallTable table = new SmallTable("Read model", "#At", "#Rows", "Digest of the events", "Live", "#Differences");
        for (ReplayResult result : run.results())
            table.line(
                    new Span(result.readModel()),
                    new Span(Amounts.number(result.position())),
                    new Span(Amounts.number(result.rows())),
                    digest(result.digest()),
                    live(result),
                    result.liveDigest() == null
                            ? Marks.dim("–")
                            : Marks.text(
                                    Amounts.number(result.differences()), result.differences() == 0 ? "good" : "bad"));
        Div both = new Div(table);
        both.addClassName("scroll-x");
        return both;
    }

    private static Span digest(String digest) {
        Span code = Marks.code(digest.substring(0, Math.min(DIGEST_SHOWN, digest.length())) + "…");
        code.setTitle(digest);
        return code;
    }

    private static Component live(ReplayResult result) {
        String live = result.liveDigest();
        if (live == null) {
            Span none = Marks.dim("keeps the present only");
            none.setTitle("Its live rows do not say what they were at that position. Compare it with the present.");
            return none;
        }
        return live.equals(result.digest()) ? Marks.pill("equal", Marks.Tone.GOOD) : digest(live);
    }

    private Component differences() {
        SmallTable table = new SmallTable("Table", "Key", "Column", "Events say", "Live has");
        for (ReplayDifference found : visitor.ask(new ReplayDifferences(run.run(), Paging.first(SHOWN))))
            table.line(
                    new Span(found.table()),
                    Marks.code(found.key()),
                    new Span(found.column().equals(ReplayDifference.ROW) ? "whole row" : found.column()),
                    value(found.expected()),
                    value(found.actual()));
        Anchor download = new Anchor(this::download, "Download all as JSON Lines");
        download.setId("replay-download");
        Div scroll = new Div(table);
        scroll.addClassName("scroll-x");
        Div both = new Div(
                scroll,
                Marks.row(
                        Marks.dim(
                                run.differences() > SHOWN
                                        ? "The first " + SHOWN + " of " + Amounts.number(run.differences()) + "."
                                        : ""),
                        download));
        both.addClassName("steps");
        return both;
    }

    private static Component value(@org.jspecify.annotations.Nullable String value) {
        if (value == null) return Marks.dim("nothing");
        Span shown = new Span(value.length() > 60 ? value.substring(0, 60) + "…" : value);
        shown.setTitle(value);
        return shown;
    }

    private void download(DownloadEvent event) throws IOException {
        event.setFileName("replay-" + run.run() + ".jsonl");
        event.setContentType("application/x-ndjson");
        replays.writeDifferences(run.run(), visitor.actor(), event.getOutputStream());
    }
}

package io.tollbook.console.replay;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.ProgressLine;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.replay.ReplayResult;
import io.tollbook.kernel.replay.ReplayRun;
import io.tollbook.kernel.replay.ReplayRuns;
import io.tollbook.kernel.replay.Replays;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.UserById;
import io.tollbook.kernel.user.UserId;
import io.tollbook.kernel.user.UserProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An auditor's proof: goes over the events again beside the live read models and says what differs. */
@Route("system/replays")
@OpenTo(value = Role.ROOT, auditors = true)
class ReplaysView extends View {
    private static final int LOOK_MILLIS = 1_000;

    private final Visitor visitor;
    private final Replays replays;
    private final ReplayForm form;
    private final Span readModel = Marks.text("", "strong");
    private final Button cancel = Tool.plain("replay-cancel", "Cancel", Glyph.CROSS, click -> cancel());
    private final Div underWay = new Div(readModel, cancel);
    private @Nullable ProgressLine line;
    private final ListGrid<ReplayRun> list;
    private final Map<UserId, String> names = new HashMap<>();
    private boolean wasUnderWay;
    private @Nullable Registration polling;

    ReplaysView(Visitor visitor, Replays replays) {
        super(
                "Replays",
                "Goes over the events again, beside the live pages, and compares every row. Live figures are not touched.");
        this.visitor = visitor;
        this.replays = replays;
        form = new ReplayForm(replays, visitor, this::look);
        underWay.setId("replay-progress");
        underWay.addClassNames("panel", "panel-pad", "replay-progress");
        list = new ListGrid<>(
                "replays",
                "Replays",
                new Empty(
                        Glyph.REFRESH,
                        "No replay yet",
                        "Start one: zero differences and equal digests prove that pages show what happened."));
        list.addClassName("clickable");
        columns();
        list.addItemClickListener(click -> {
            if (!"details".equals(click.getColumn().getKey())) open(click.getItem());
        });
        add(form, underWay, list.panel());
        list.source((paging, order) -> visitor.ask(new ReplayRuns(paging)));
        look();
    }

    private void look() {
        Optional<Progress> latest = replays.latest();
        boolean runs = latest.filter(Progress::isUnderWay).isPresent();
        Optional<Progress> shown = latest.filter(progress -> runs || progress.state() == Progress.State.FAILED);
        shown.ifPresent(this::show);
        underWay.setVisible(shown.isPresent());
        cancel.setVisible(runs && replays.mayCancel(visitor.actor()));
        if (form.isEnabled() == runs) form.setEnabled(!runs);
        if (wasUnderWay && !runs) {
            list.reload();
            latest.ifPresent(ReplaysView::tell);
        }
        wasUnderWay = runs;
    }

    /** In place, so that the keyboard stays on the button. */
    private void show(Progress progress) {
        readModel.setText(progress.readModel());
        if (line != null) {
            line.show(progress);
            return;
        }
        line = new ProgressLine(progress);
        underWay.addComponentAtIndex(1, line);
    }

    private void cancel() {
        Notices.attempt(() -> {
            replays.cancel(visitor.actor());
            look();
        });
    }

    private static void tell(Progress ended) {
        switch (ended.state()) {
            case DONE -> Notices.done("The replay is done.");
            case CANCELLED -> Notices.done("The replay was cancelled.");
            default -> Notices.refused("The replay failed: " + ended.error());
        }
    }

    private void columns() {
        list.addColumn(run -> Moments.second(run.startedAt()))
                .setHeader("Started")
                .setWidth("176px")
                .setFlexGrow(0);
        list.addColumn(this::who).setHeader("By").setWidth("120px").setFlexGrow(1);
        list.addColumn(ReplaysView::upTo).setHeader("Up to").setWidth("130px").setFlexGrow(0);
        list.addColumn(ReplaysView::models)
                .setHeader("Read models")
                .setWidth("220px")
                .setFlexGrow(2);
        list.addColumn(run -> Moments.length(
                        Duration.between(run.startedAt(), run.at()).toMillis()))
                .setHeader("Took")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("96px")
                .setFlexGrow(0);
        list.addComponentColumn(ReplaysView::verdict)
                .setHeader("Found")
                .setWidth("170px")
                .setFlexGrow(0);
        list.addComponentColumn(run -> {
                    Button details =
                            Tool.icon("Replay of " + Moments.second(run.startedAt()), Glyph.NEXT, click -> open(run));
                    details.addClassName("details");
                    return details;
                })
                .setKey("details")
                .setHeader("")
                .setWidth("64px")
                .setFlexGrow(0);
        list.cards(run -> {
            Div card = new Div(
                    Marks.box("card-line", new Span(Moments.second(run.startedAt())), verdict(run)),
                    Marks.box("card-line", Marks.dim(who(run) + " · up to " + upTo(run))),
                    Marks.box("card-line", Marks.dim(models(run))));
            card.addClassName("card-row");
            return card;
        });
    }

    private String who(ReplayRun run) {
        return names.computeIfAbsent(
                run.by(),
                user -> visitor.ask(new UserById(user))
                        .map(UserProfile::username)
                        .orElse(user.toString()));
    }

    private static String upTo(ReplayRun run) {
        return run.upTo() == null ? "the present" : Amounts.number(run.upTo());
    }

    private static String models(ReplayRun run) {
        return String.join(
                ", ", run.results().stream().map(ReplayResult::readModel).toList());
    }

    private static Component verdict(ReplayRun run) {
        if (run.differences() > 0)
            return Marks.pill(Amounts.number(run.differences()) + " differences", Marks.Tone.BAD);
        boolean all = run.results().stream().allMatch(result -> result.liveDigest() != null);
        return all ? Marks.pill("no difference", Marks.Tone.GOOD) : Marks.pill("digests taken", Marks.Tone.NEUTRAL);
    }

    private void open(ReplayRun run) {
        new RunDialog(visitor, replays, run, who(run)).open();
    }

    @Override
    protected void onAttach(AttachEvent event) {
        polling = event.getUI().addPollListener(poll -> look());
        event.getUI().setPollInterval(LOOK_MILLIS);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (polling != null) polling.remove();
        event.getUI().setPollInterval(-1);
    }
}

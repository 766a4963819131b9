package io.tollbook.console.site;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.ProgressLine;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.replay.Progress;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.user.Role;
import java.util.List;

/** How far each read model is behind the events, and a way to build one again. */
@Route("system/read-models")
@OpenTo(value = Role.ROOT, auditors = true)
class ReadModelsView extends View {
    private static final int LOOK_MILLIS = 2_000;

    private final ReadModels readModels;
    private final boolean changes;
    private final ListGrid<ReadModel> list = new ListGrid<>(
            "read-models", "Read models", new Empty(Glyph.MODELS, "No read models", "None is registered."));

    ReadModelsView(ReadModels readModels, Visitor visitor) {
        super("Read models", "Everything pages show is projected from the events and can be built again from them.");
        this.readModels = readModels;
        changes = visitor.isAtLeast(Role.ROOT);
        list.addColumn(ReadModel::name).setHeader("Name").setWidth("150px");
        list.addComponentColumn(this::state)
                .setHeader("State")
                .setWidth("170px")
                .setFlexGrow(2);
        list.addColumn(model -> Amounts.number(model.behind()))
                .setHeader("Events behind")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("140px")
                .setFlexGrow(0);
        list.addColumn(model -> Amounts.number(model.position()))
                .setHeader("Position")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("140px")
                .setFlexGrow(0);
        if (changes)
            list.addComponentColumn(this::rebuild)
                    .setHeader("")
                    .setTextAlign(ColumnTextAlign.END)
                    .setWidth("140px")
                    .setFlexGrow(0);
        list.cards(model -> {
            Div card = new Div(
                    Marks.box("card-line", Marks.text(model.name(), "strong"), state(model)),
                    Marks.box(
                            "card-line",
                            Marks.dim(
                                    Amounts.number(model.behind()) + " behind, at " + Amounts.number(model.position())),
                            rebuild(model)));
            card.addClassName("card-row");
            return card;
        });
        add(list.panel());
        list.source((paging, order) -> {
            List<ReadModel> all = readModels.all();
            return new Page<>(all, all.size());
        });
    }

    private Component state(ReadModel model) {
        Progress rebuild = readModels.rebuilds().get(model.name());
        if (rebuild != null && rebuild.isUnderWay()) return new ProgressLine(rebuild);
        if (rebuild != null && rebuild.state() == Progress.State.FAILED)
            return Marks.stacked(health(model), Marks.text("The rebuild failed: " + rebuild.error(), "bad"));
        return health(model);
    }

    private static Component health(ReadModel model) {
        if (!model.error().isEmpty()) return Marks.pill(model.error(), Marks.Tone.BAD);
        if (!model.running()) return Marks.pill("Stopped", Marks.Tone.BAD);
        return model.behind() == 0
                ? Marks.pill("Up to date", Marks.Tone.GOOD)
                : Marks.pill("Catching up", Marks.Tone.WARNING);
    }

    private Component rebuild(ReadModel model) {
        if (!changes) return new Div();
        Progress present = readModels.rebuilds().get(model.name());
        if (present != null && present.isUnderWay()) {
            Button cancel = new Button(
                    "Cancel",
                    click -> Notices.attempt(() -> {
                        readModels.cancelRebuild(model.name());
                        list.reload();
                    }));
            cancel.setId("cancel-" + model.name());
            return cancel;
        }
        Button button = new Button(
                "Rebuild…",
                click -> Confirm.plain(
                        "Rebuild " + model.name() + "?",
                        "It is built again from the first event, beside the present one, which goes on answering"
                                + " until the new one takes its place. Until then it needs its room on the disk twice.",
                        "Rebuild",
                        () -> {
                            readModels.rebuild(model.name());
                            Notices.done("The rebuild has begun.");
                            list.reload();
                        }));
        button.setId("rebuild-" + model.name());
        return button;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        event.getUI().setPollInterval(LOOK_MILLIS);
        event.getUI().addPollListener(poll -> {
            if (isAttached()) list.reload();
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        event.getUI().setPollInterval(-1);
    }
}

package io.tollbook.console.site;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far each read model is behind the events, and a way to build one again. */
@Route("system/read-models")
@OpenTo(value = Role.ROOT, auditors = true)
class ReadModelsView extends View {
    private static final int LOOK_MILLIS = 2_000;

    private final ReadModels readModels;
    private final boolean changes;
    /** What brings a cell up to date in place, by its column and its read model. */
    private final Map<String, Consumer<ReadModel>> shown = new HashMap<>();

    private Set<String> rebuilt = Set.of();
    private @Nullable Registration polling;
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
        list.addComponentColumn(model -> text(model, "behind", now -> Amounts.number(now.behind())))
                .setHeader("Events behind")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("140px")
                .setFlexGrow(0);
        list.addComponentColumn(model -> text(model, "position", now -> Amounts.number(now.position())))
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
                            text(
                                    model,
                                    "card",
                                    now -> Amounts.number(now.behind()) + " behind, at "
                                            + Amounts.number(now.position())),
                            rebuild(model)));
            card.addClassName("card-row");
            return card;
        });
        add(list.panel());
        list.source((paging, order) -> {
            List<ReadModel> all = readModels.all();
            rebuilt = rebuilt();
            return new Page<>(all, all.size());
        });
    }

    private Span text(ReadModel model, String cell, Function<ReadModel, String> words) {
        Span text = new Span(words.apply(model));
        if (cell.equals("card")) text.addClassName("dim");
        shown.put(cell + " " + model.name(), now -> text.setText(words.apply(now)));
        return text;
    }

    private Component state(ReadModel model) {
        State state = new State();
        state.show(model);
        shown.put("state " + model.name(), state::show);
        return state;
    }

    /** How a read model is, or how far its rebuild. */
    private final class State extends Div {
        private @Nullable ProgressLine line;

        void show(ReadModel model) {
            Progress rebuild = readModels.rebuilds().get(model.name());
            if (rebuild != null && rebuild.isUnderWay()) {
                if (line != null) {
                    line.show(rebuild);
                    return;
                }
                line = new ProgressLine(rebuild);
                replace(line);
                return;
            }
            line = null;
            if (rebuild != null && rebuild.state() == Progress.State.FAILED)
                replace(Marks.stacked(health(model), Marks.text("The rebuild failed: " + rebuild.error(), "bad")));
            else replace(health(model));
        }

        private void replace(Component content) {
            removeAll();
            add(content);
        }
    }

    private Set<String> rebuilt() {
        return readModels.rebuilds().values().stream()
                .filter(Progress::isUnderWay)
                .map(Progress::readModel)
                .collect(Collectors.toSet());
    }

    /** Rows are made again only where their buttons change, so that the keyboard stays where it is. */
    private void look() {
        if (!rebuilt().equals(rebuilt)) {
            list.reload();
            return;
        }
        for (ReadModel model : readModels.all())
            shown.forEach((cell, show) -> {
                if (cell.endsWith(" " + model.name())) show.accept(model);
            });
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
        polling = event.getUI().addPollListener(poll -> look());
        event.getUI().setPollInterval(LOOK_MILLIS);
    }

    @Override
    protected void onDetach(DetachEvent event) {
        if (polling != null) polling.remove();
        event.getUI().setPollInterval(-1);
    }
}

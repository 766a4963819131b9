package io.tollbook.console.site;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.View;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.user.Role;

/** How far each read model is behind the events, and a way to build one again. */
@Route("system/read-models")
@OpenTo(Role.ROOT)
class ReadModelsView extends View {
    private static final int LOOK_MILLIS = 2_000;

    private final ReadModels readModels;
    private final Grid<ReadModel> grid = new Grid<>();

    ReadModelsView(ReadModels readModels) {
        super("Read models", "Everything pages show is projected from the events and can be built again from them.");
        this.readModels = readModels;
        grid.setId("read-models");
        grid.setAllRowsVisible(true);
        grid.addThemeVariants(GridVariant.NO_BORDER);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addColumn(ReadModel::name).setHeader("Name").setAutoWidth(true);
        grid.addComponentColumn(ReadModelsView::state).setHeader("State").setAutoWidth(true);
        grid.addColumn(model -> Amounts.number(model.behind()))
                .setHeader("Behind")
                .setTextAlign(com.vaadin.flow.component.grid.ColumnTextAlign.END);
        grid.addColumn(model -> Amounts.number(model.position()))
                .setHeader("Position")
                .setTextAlign(com.vaadin.flow.component.grid.ColumnTextAlign.END);
        grid.addComponentColumn(this::rebuild).setHeader("").setAutoWidth(true);
        add(grid);
        refresh();
    }

    private static com.vaadin.flow.component.Component state(ReadModel model) {
        if (!model.error().isEmpty()) return Marks.pill(model.error(), Marks.Tone.BAD);
        if (!model.running()) return Marks.pill("Stopped", Marks.Tone.BAD);
        return model.behind() == 0
                ? Marks.pill("Up to date", Marks.Tone.GOOD)
                : Marks.pill("Catching up", Marks.Tone.WARNING);
    }

    private Button rebuild(ReadModel model) {
        Button button = new Button(
                "Rebuild…",
                click -> Confirm.plain(
                        "Rebuild " + model.name() + "?",
                        "It is emptied and built again from the first event. Calls and payments go on meanwhile; pages"
                                + " that show it are behind until it is done.",
                        "Rebuild",
                        () -> {
                            readModels.rebuild(model.name());
                            Notices.done("The rebuild has begun.");
                            refresh();
                        }));
        button.setId("rebuild-" + model.name());
        return button;
    }

    private void refresh() {
        grid.setItems(readModels.all());
    }

    @Override
    protected void onAttach(AttachEvent event) {
        event.getUI().setPollInterval(LOOK_MILLIS);
        event.getUI().addPollListener(poll -> {
            if (isAttached()) refresh();
        });
    }

    @Override
    protected void onDetach(DetachEvent event) {
        event.getUI().setPollInterval(-1);
    }
}

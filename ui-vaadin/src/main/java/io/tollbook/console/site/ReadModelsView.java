package io.tollbook.console.site;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.site.ReadModel;
import io.tollbook.kernel.site.ReadModels;
import io.tollbook.kernel.user.Role;
import java.util.List;

/** How far each read model is behind the events, and a way to build one again. */
@Route("system/read-models")
@OpenTo(Role.ROOT)
class ReadModelsView extends View {
    private static final int LOOK_MILLIS = 2_000;

    private final ReadModels readModels;
    private final ListGrid<ReadModel> list = new ListGrid<>(
            "read-models", "Read models", new Empty(Glyph.MODELS, "No read models", "None is registered."));

    ReadModelsView(ReadModels readModels) {
        super("Read models", "Everything pages show is projected from the events and can be built again from them.");
        this.readModels = readModels;
        list.addColumn(ReadModel::name).setHeader("Name").setWidth("150px");
        list.addComponentColumn(ReadModelsView::state).setHeader("State").setWidth("170px");
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

    private static Component state(ReadModel model) {
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

package io.tollbook.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.View;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every option that has an effect: what it means, its default, and what it is set to. */
@Route("system/options")
@OpenTo(Role.ROOT)
class OptionsView extends View {
    private final Visitor visitor;
    private final Grid<Option> grid = new Grid<>();
    private final TextField search = new TextField("Search");
    private Map<String, String> set = Map.of();

    OptionsView(Visitor visitor) {
        super("Options", "In force within a second of a change.");
        this.visitor = visitor;
        search.setId("options-search");
        search.setClearButtonVisible(true);
        search.setValueChangeMode(ValueChangeMode.LAZY);
        search.addValueChangeListener(change -> refresh());
        grid.setId("options");
        grid.setAllRowsVisible(true);
        grid.addThemeVariants(GridVariant.NO_BORDER, GridVariant.WRAP_CELL_CONTENT);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.addComponentColumn(option -> Marks.stacked(Marks.code(option.key()), Marks.dim(option.meaning())))
                .setHeader("Option")
                .setFlexGrow(3);
        grid.addComponentColumn(this::value).setHeader("Value").setFlexGrow(2);
        grid.addComponentColumn(this::edit).setHeader("").setAutoWidth(true).setFlexGrow(0);
        add(search, grid);
        refresh();
    }

    private Component value(Option option) {
        String value = option.text(set);
        boolean changed = !value.equals(option.initial());
        return changed
                ? Marks.stacked(Marks.text(shown(value)), Marks.dim("default " + shown(option.initial())))
                : Marks.text(shown(value));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(empty)" : value;
    }

    private Button edit(Option option) {
        Button button = new Button("Edit…", click -> dialog(option).open());
        button.setId("edit-" + option.name().toLowerCase(Locale.ROOT));
        button.setAriaLabel("Edit " + option.key());
        return button;
    }

    private FormDialog dialog(Option option) {
        FormDialog dialog = new FormDialog("option", option.key(), "Save");
        String present = option.text(set);
        if (option.kind() == Option.Kind.SWITCH) {
            Checkbox field = new Checkbox(option.meaning(), Boolean.parseBoolean(present));
            field.setId("option-value");
            dialog.broad(field);
            dialog.onSave(() -> save(option, Boolean.toString(field.getValue())));
        } else {
            TextArea field = new TextArea("Value");
            field.setId("option-value");
            field.setValue(present);
            field.setMinRows(1);
            field.setHelperText(option.meaning() + ". Default: " + shown(option.initial()));
            dialog.broad(field);
            dialog.onSave(() -> save(option, field.getValue()));
        }
        return dialog;
    }

    private void save(Option option, String value) {
        visitor.send(new ChangeOptions(Map.of(option.key(), option.checked(value)), Instant.now()));
        Notices.done(option.key() + " saved.");
        refresh();
    }

    private void refresh() {
        set = visitor.ask(new Options());
        String wanted = search.getValue().toLowerCase(Locale.ROOT);
        List<Option> shown = Arrays.stream(Option.values())
                .filter(option -> (option.key() + " " + option.meaning())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .toList();
        grid.setItems(shown);
    }
}

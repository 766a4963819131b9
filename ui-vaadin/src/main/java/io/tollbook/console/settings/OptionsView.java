package io.tollbook.console.settings;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Route;
import io.tollbook.console.access.OpenTo;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Filters;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.page.View;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Option;
import io.tollbook.kernel.settings.Options;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Every option that has an effect: what it means, its default, and what it is set to. */
@Route("system/options")
@OpenTo(Role.ROOT)
class OptionsView extends View implements AfterNavigationObserver {
    private final Visitor visitor;
    private final Filters filters = new Filters();
    private final TextField search;
    private final ListGrid<Option> list = new ListGrid<>(
            "options", "Options", new Empty(Glyph.OPTIONS, "No option matches", "Clear the search to see them all."));
    private Map<String, String> set = Map.of();

    OptionsView(Visitor visitor) {
        super("Options", "In force within a second of a change.");
        this.visitor = visitor;
        search = filters.text("q", "Search options");
        search.setPrefixComponent(Glyph.SEARCH.icon());
        search.setWidth("300px");
        list.addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
        list.addComponentColumn(option -> Marks.stacked(Marks.code(option.key()), Marks.dim(option.meaning())))
                .setHeader("Option")
                .setFlexGrow(3);
        list.addComponentColumn(this::value).setHeader("Value").setFlexGrow(2);
        list.addComponentColumn(this::edit)
                .setHeader("")
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("72px")
                .setFlexGrow(0);
        list.cards(option -> {
            Div card = new Div(
                    Marks.box("card-line", Marks.code(option.key()), edit(option)),
                    Marks.dim(option.meaning()),
                    value(option));
            card.addClassName("card-row");
            return card;
        });
        add(filters, list.panel());
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        filters.read(event.getLocation());
        list.source((paging, order) -> {
            List<Option> matching = matching();
            return new Page<>(
                    matching.stream()
                            .skip(paging.offset())
                            .limit(paging.limit())
                            .toList(),
                    matching.size());
        });
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
        Button button = Tool.icon(
                "Edit " + option.key(), Glyph.EDIT, click -> dialog(option).open());
        button.addClassName("edit");
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
        } else if (option.kind() == Option.Kind.CHOICE) {
            Select<String> field = new Select<>();
            field.setLabel("Value");
            field.setId("option-value");
            field.setItems(new TreeSet<>(option.choices()));
            field.setValue(present);
            field.setHelperText(option.meaning() + ". Default: " + option.initial());
            dialog.broad(field);
            dialog.onSave(() -> save(option, field.getValue()));
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
        list.reload();
    }

    private List<Option> matching() {
        set = visitor.ask(new Options());
        String wanted = search.getValue().strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(Option.values())
                .filter(option -> (option.key() + " " + option.meaning())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .toList();
    }
}

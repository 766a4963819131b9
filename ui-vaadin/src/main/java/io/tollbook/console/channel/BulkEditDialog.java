package io.tollbook.console.channel;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.NamesField;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Chosen fields of many channels at once. Each change is shown before it is made; all of them are made or none. */
class BulkEditDialog extends FormDialog {
    private final List<ChannelSummary> channels;
    private final ChangePreview preview = new ChangePreview();
    private final Map<Checkbox, UnaryOperator<ChannelTerms>> edits = new LinkedHashMap<>();

    BulkEditDialog(Visitor visitor, List<ChannelSummary> channels, Set<String> groups, Runnable after) {
        super(
                "channels-editing",
                "Edit " + (channels.size() == 1 ? channels.getFirst().terms().name() : channels.size() + " channels"),
                "Apply");
        this.channels = channels;
        setWidth("860px");
        broad(Marks.dim("Tick what is to change; everything else stays as it is in each channel."));
        IntegerField priority = number("bulk-priority", "Priority");
        edit("Priority", terms -> TermsEdit.priority(terms, value(priority)), priority);
        IntegerField weight = number("bulk-weight", "Weight");
        edit("Weight", terms -> TermsEdit.weight(terms, value(weight)), weight);
        names("Models", "bulk-models", modelsOf(channels), true);
        names("Groups", "bulk-groups", groups, false);
        TextArea mapping = text("bulk-mapping", "Client's name = provider's name, one pair a line");
        edit("Model mapping", terms -> TermsEdit.mapping(terms, MappingRows.pairs(mapping.getValue())), mapping);
        json("Parameter override", "param_override");
        json("Header override", "header_override");
        json("Limits and switches (settings)", "settings");
        Checkbox autoBan = new Checkbox("On");
        autoBan.setId("bulk-auto-ban");
        edit("Stops by itself", terms -> TermsEdit.autoBan(terms, autoBan.getValue()), autoBan);
        broad(preview);
        show();
        onSave(() -> {
            List<ChannelChange> changes = changes();
            if (changes.isEmpty()) Notices.done("Nothing to change: it is so already.");
            else ChangePreview.apply(visitor, changes, after);
        });
    }

    private static Set<String> modelsOf(List<ChannelSummary> channels) {
        Set<String> models = new TreeSet<>();
        channels.forEach(channel -> models.addAll(channel.terms().models()));
        return models;
    }

    private static IntegerField number(String id, String label) {
        IntegerField field = new IntegerField();
        field.setId(id);
        field.setAriaLabel(label);
        field.setValue(0);
        field.setStepButtonsVisible(true);
        field.setValueChangeMode(ValueChangeMode.EAGER);
        return field;
    }

    private static int value(IntegerField field) {
        if (field.getValue() == null) throw Refused.invalid("Enter a whole number.");
        return field.getValue();
    }

    private static TextArea text(String id, String help) {
        TextArea area = new TextArea();
        area.setId(id);
        area.setHelperText(help);
        area.setMinRows(1);
        area.setMaxRows(6);
        area.setValueChangeMode(ValueChangeMode.LAZY);
        return area;
    }

    private void names(String label, String id, Set<String> known, boolean models) {
        Select<TermsEdit.Deed> deed = new Select<>();
        deed.setId(id + "-deed");
        deed.setAriaLabel("What to do with " + label);
        deed.setItems(TermsEdit.Deed.values());
        deed.setItemLabelGenerator(one -> one.words);
        deed.setValue(TermsEdit.Deed.ADD);
        NamesField names = new NamesField(id, "", known);
        names.setAriaLabel(label);
        edit(
                label,
                terms -> models
                        ? TermsEdit.models(terms, deed.getValue().apply(terms.models(), names.names()))
                        : TermsEdit.groups(terms, deed.getValue().apply(terms.groups(), names.names())),
                deed,
                names);
    }

    private void json(String label, String field) {
        TextArea area = text("bulk-" + field, "A JSON object; empty takes it away");
        edit(label, terms -> TermsEdit.extra(terms, field, JsonField.checked(field, area.getValue())), area);
    }

    /** A field counts while it is ticked, and filling it ticks it. */
    private void edit(String label, UnaryOperator<ChannelTerms> edit, Component... fields) {
        Checkbox tick = new Checkbox(label);
        tick.setId("tick-" + edits.size());
        edits.put(tick, edit);
        tick.addValueChangeListener(change -> show());
        for (Component field : fields)
            if (field instanceof HasValue<?, ?> valued)
                valued.addValueChangeListener(change -> {
                    if (!tick.getValue() && !valued.isEmpty()) tick.setValue(true);
                    else show();
                });
        Div line = new Div(tick);
        line.add(fields);
        line.addClassName("bulk-field");
        for (Component field : fields) if (field instanceof AbstractField<?, ?>) field.addClassName("grow");
        broad(line);
    }

    private List<ChannelChange> changes() {
        List<ChannelChange> changes = new ArrayList<>();
        for (ChannelSummary channel : channels) {
            ChannelTerms after = channel.terms();
            for (Map.Entry<Checkbox, UnaryOperator<ChannelTerms>> edit : edits.entrySet())
                if (edit.getKey().getValue()) after = edit.getValue().apply(after);
            if (!after.equals(channel.terms())) changes.add(new ChannelChange(channel.id(), channel.terms(), after));
        }
        return changes;
    }

    private void show() {
        try {
            List<ChannelChange> changes = changes();
            preview.show(changes, channels.size());
            saveButton().setEnabled(!changes.isEmpty());
        } catch (Refused refused) {
            preview.removeAll();
            preview.add(Marks.text(refused.getMessage(), "bad"));
            saveButton().setEnabled(false);
        }
    }
}

package io.tollbook.console.catalogue;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.PrefillTerms;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.SavePrefillGroup;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A list for forms: one item a line, or for endpoints their JSON. */
class PrefillGroupDialog extends FormDialog {
    private final TextField name = new TextField("Name");
    private final Select<PrefillType> type = new Select<>();
    private final TextArea items = new TextArea("Items");
    private final TextField description = new TextField("Description");

    /** @param group the one to change; null for a new one */
    PrefillGroupDialog(Visitor visitor, @Nullable PrefillGroup group, Runnable after) {
        super("prefill", group == null ? "New prefill group" : group.terms().name(), "Save");
        name.setId("prefill-name");
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(PrefillTerms.NAME_MAX);
        name.setAutofocus(true);
        type.setId("prefill-type");
        type.setLabel("Type");
        type.setItems(PrefillType.values());
        type.setItemLabelGenerator(PrefillGroupsView::words);
        type.addValueChangeListener(change -> items.setHelperText(
                change.getValue() == PrefillType.ENDPOINT
                        ? "JSON like [\"openai\",\"anthropic\"] or {\"openai\":\"/v1/chat/completions\"}"
                        : "One a line"));
        items.setId("prefill-items");
        items.setMinRows(4);
        description.setId("prefill-description");
        description.setMaxLength(PrefillTerms.DESCRIPTION_MAX);
        type.setValue(group == null ? PrefillType.MODEL : group.terms().type());
        if (group != null) {
            name.setValue(group.terms().name());
            items.setValue(
                    group.terms().type() == PrefillType.ENDPOINT
                            ? group.terms().items()
                            : String.join("\n", group.terms().names()));
            description.setValue(group.terms().description());
        }
        fields(name, type);
        broad(items, description);
        onSave(() -> {
            visitor.send(new SavePrefillGroup(group == null ? null : group.id(), terms(), Instant.now()));
            after.run();
            Notices.done("Prefill group saved.");
        });
    }

    private PrefillTerms terms() {
        if (type.getValue() == PrefillType.ENDPOINT)
            return new PrefillTerms(name.getValue(), type.getValue(), items.getValue(), description.getValue());
        return PrefillTerms.of(
                name.getValue(),
                type.getValue(),
                Arrays.stream(items.getValue().split("[\n,]"))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .distinct()
                        .toList(),
                description.getValue());
    }
}

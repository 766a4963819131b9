package io.tollbook.console.catalogue;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.NamesField;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.pricing.PriceWords;
import io.tollbook.console.pricing.Pricing;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.Endpoints;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.PrefillGroup;
import io.tollbook.kernel.catalogue.PrefillGroups;
import io.tollbook.kernel.catalogue.PrefillType;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that is told of a model, and what it costs. */
class DescriptionDialog extends FormDialog {
    private final TextField name = new TextField("Model");
    private final Select<NameRule> rule = new Select<>();
    private final TextArea description = new TextArea("Description");
    private final TextField icon = new TextField("Icon");
    private final NamesField tags;
    private final Select<Vendor> vendor = new Select<>();
    private final TextArea endpoints = new TextArea("Endpoints");
    private final Checkbox enabled = new Checkbox("Enabled: it may be called and is shown");
    private final Checkbox synced = new Checkbox("May be changed by synchronisation");

    /** @param row the model to describe; null for one that nobody serves or described yet */
    DescriptionDialog(
            Visitor visitor, @Nullable ModelRow row, List<Vendor> vendors, Set<String> knownTags, Runnable after) {
        super("model", row == null ? "New model" : row.name(), "Save");
        ModelDescription before = row == null ? null : BulkDialog.base(row);
        List<PrefillGroup> tagGroups = visitor.ask(new PrefillGroups(PrefillType.TAG));
        Set<String> known = new TreeSet<>(knownTags);
        tagGroups.forEach(group -> known.addAll(group.terms().names()));
        tags = new NamesField("model-tags", "Tags", known);
        fill(before, vendors);
        broad(name, rule, vendor, description, tags);
        if (!tagGroups.isEmpty())
            broad(prefill("model-tags-from", "Add tags of a prefill group", tagGroups, this::addTags));
        broad(icon, endpoints);
        List<PrefillGroup> endpointGroups = visitor.ask(new PrefillGroups(PrefillType.ENDPOINT));
        if (!endpointGroups.isEmpty())
            broad(prefill(
                    "model-endpoints-from",
                    "Endpoints of a prefill group",
                    endpointGroups,
                    group -> endpoints.setValue(group.terms().items())));
        broad(enabled, synced);
        if (row != null && !row.isRule()) broad(price(visitor, row, after));
        onSave(() -> {
            List<DescribeModels.Wish> wish = List.of(new DescribeModels.Wish(
                    row == null || row.own() == null ? null : row.own().id(), described()));
            long change = visitor.send(new DescribeModels(wish, Instant.now())).change();
            after.run();
            if (change > 0) BulkDialog.undoable(visitor, change, 1, after);
            else Notices.done("It was so already.");
        });
    }

    private void fill(@Nullable ModelDescription before, List<Vendor> vendors) {
        name.setId("model-name");
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(ModelDescription.NAME_MAX);
        name.setAutofocus(before == null);
        rule.setId("model-rule");
        rule.setLabel("Name rule");
        rule.setItems(NameRule.values());
        rule.setItemLabelGenerator(one -> switch (one) {
            case EXACT -> "This model";
            case PREFIX -> "All that begin so";
            case CONTAINS -> "All that contain this";
            case SUFFIX -> "All that end so";
        });
        rule.setHelperText("A model's own description wins over a rule, and a longer rule over a shorter one.");
        vendor.setId("model-vendor");
        vendor.setLabel("Vendor");
        vendor.setItems(vendors);
        vendor.setEmptySelectionAllowed(true);
        vendor.setEmptySelectionCaption("None");
        vendor.setItemLabelGenerator(one -> one == null ? "None" : one.terms().name());
        description.setId("model-description");
        description.setMinRows(2);
        description.setMaxLength(ModelDescription.DESCRIPTION_MAX);
        icon.setId("model-icon");
        icon.setHelperText("Name of an icon, or the address of a picture");
        endpoints.setId("model-endpoints");
        endpoints.setHelperText(
                "JSON like [\"openai\",\"anthropic\"], or with paths {\"openai\":\"/v1/chat/completions\"}."
                        + " Empty: the usual. Known: " + String.join(", ", Endpoints.KNOWN.keySet()));
        enabled.setId("model-enabled");
        synced.setId("model-synced");
        ModelDescription shown = before;
        rule.setValue(shown == null ? NameRule.EXACT : shown.rule());
        enabled.setValue(shown == null || shown.enabled());
        synced.setValue(shown == null || shown.synced());
        if (shown == null) return;
        name.setValue(shown.name());
        description.setValue(shown.description());
        icon.setValue(shown.icon());
        tags.setNames(shown.tags());
        endpoints.setValue(shown.endpoints());
        vendors.stream()
                .filter(one -> one.id().equals(shown.vendor()))
                .findFirst()
                .ifPresent(vendor::setValue);
    }

    private void addTags(PrefillGroup group) {
        List<String> all = new ArrayList<>(tags.names());
        all.addAll(group.terms().names());
        tags.setNames(all);
    }

    private static Select<PrefillGroup> prefill(
            String id, String label, List<PrefillGroup> groups, java.util.function.Consumer<PrefillGroup> fill) {
        Select<PrefillGroup> select = new Select<>();
        select.setId(id);
        select.setLabel(label);
        select.setItems(groups);
        select.setItemLabelGenerator(group -> group.terms().name());
        select.addValueChangeListener(change -> {
            if (change.getValue() != null) fill.accept(change.getValue());
        });
        return select;
    }

    private com.vaadin.flow.component.Component price(Visitor visitor, ModelRow row, Runnable after) {
        Span words = row.price() == null
                ? Marks.text("No price: it cannot be called.", "bad")
                : new Span(PriceWords.of(row.price()));
        if (!visitor.isAtLeast(Role.ROOT)) return Marks.row(Marks.dim("Price"), words);
        Button edit = Tool.plain("model-price", "Price…", Glyph.PRICES, click -> {
            close();
            Pricing.edit(visitor, row.name(), after);
        });
        return Marks.row(Marks.dim("Price"), words, edit);
    }

    private ModelDescription described() {
        return new ModelDescription(
                name.getValue(),
                rule.getValue(),
                description.getValue(),
                icon.getValue(),
                tags.names(),
                vendor.getValue() == null ? null : vendor.getValue().id(),
                endpoints.getValue(),
                enabled.getValue(),
                synced.getValue());
    }
}

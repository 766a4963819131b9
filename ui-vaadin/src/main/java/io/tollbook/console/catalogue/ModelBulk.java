package io.tollbook.console.catalogue;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.NamesField;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.console.pricing.Pricing;
import io.tollbook.kernel.catalogue.ForgetModels;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.Vendor;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What can be done to the chosen models. */
class ModelBulk extends Div {
    private final Visitor visitor;
    private final Supplier<List<ModelRow>> found;
    private final Supplier<ChangeWords> words;
    private final Supplier<List<Vendor>> vendors;
    private final Supplier<Set<String>> tags;
    private final Runnable after;
    private final ListGrid<ModelRow> list;
    private final Span count = new Span();
    private final Button all = new Button();
    private List<ModelRow> chosen = List.of();

    /** What is done with the tags that are named. */
    private enum TagDeed {
        ADD("Add"),
        REMOVE("Remove"),
        REPLACE("Replace all by");

        private final String words;

        TagDeed(String words) {
            this.words = words;
        }

        List<String> apply(List<String> before, List<String> named) {
            Set<String> after = new LinkedHashSet<>(this == REPLACE ? List.of() : before);
            if (this == REMOVE) named.forEach(after::remove);
            else after.addAll(named);
            return List.copyOf(after);
        }
    }

    ModelBulk(
            Visitor visitor,
            Supplier<List<ModelRow>> found,
            Supplier<ChangeWords> words,
            Supplier<List<Vendor>> vendors,
            Supplier<Set<String>> tags,
            Runnable after,
            ListGrid<ModelRow> list) {
        this.visitor = visitor;
        this.found = found;
        this.words = words;
        this.vendors = vendors;
        this.tags = tags;
        this.after = after;
        this.list = list;
        setId("models-bulk");
        addClassName("bulk");
        buttons();
        setVisible(false);
    }

    void clear() {
        if (visitor.isAuditor()) return;
        list.deselectAll();
        show(Set.of());
    }

    /** The buttons stay the same ones, so that the keyboard stays on them. */
    void show(Set<ModelRow> rows) {
        chosen = List.copyOf(rows);
        setVisible(!chosen.isEmpty());
        count.setText(chosen.size() + (chosen.size() == 1 ? " model" : " models") + " selected");
        all.setText("Select all " + found.get().size());
        all.setVisible(found.get().size() > chosen.size());
    }

    private void buttons() {
        all.setId("bulk-all");
        all.addThemeVariants(ButtonVariant.TERTIARY);
        all.addClickListener(click -> list.asMultiSelect().setValue(new LinkedHashSet<>(found.get())));
        Button none = new Button("Clear", click -> clear());
        none.setId("bulk-none");
        none.addThemeVariants(ButtonVariant.TERTIARY);
        add(
                count,
                all,
                none,
                Marks.text("", "grow"),
                Tool.plain("bulk-enable", "Enable", Glyph.POWER, click -> enable(true)),
                Tool.plain("bulk-disable", "Disable", Glyph.PAUSE, click -> enable(false)),
                Tool.plain("bulk-tags", "Tags…", Glyph.EDIT, click -> tag()),
                Tool.plain("bulk-vendor", "Vendor…", Glyph.USERS, click -> vendor()));
        if (visitor.isAtLeast(Role.ROOT)) add(Tool.plain("bulk-price", "Price…", Glyph.PRICES, click -> price()));
        add(Tool.plain("bulk-forget", "Remove", Glyph.TRASH, click -> forget()));
    }

    private BulkDialog dialog(String title, UnaryOperator<ModelDescription> first) {
        return new BulkDialog(visitor, title, chosen, words.get(), first, after);
    }

    private void enable(boolean on) {
        dialog((on ? "Enable " : "Disable ") + count(), one -> one.withEnabled(on))
                .with(Marks.dim(
                        on
                                ? "They can be called again within a second and are shown."
                                : "Calls for them are refused within a second, and no list shows them."))
                .open();
    }

    private String count() {
        return chosen.size() == 1 ? chosen.getFirst().name() : chosen.size() + " models";
    }

    private void tag() {
        Select<TagDeed> deed = new Select<>();
        deed.setId("bulk-tag-deed");
        deed.setLabel("What to do");
        deed.setItems(TagDeed.values());
        deed.setItemLabelGenerator(one -> one.words);
        deed.setValue(TagDeed.ADD);
        NamesField named = new NamesField("bulk-tag-names", "Tags", tags.get());
        BulkDialog dialog = dialog("Tags of " + count(), one -> one);
        deed.addValueChangeListener(change -> dialog.change(tagging(deed, named)));
        named.addValueChangeListener(change -> dialog.change(tagging(deed, named)));
        dialog.with(deed, named).open();
    }

    private static UnaryOperator<ModelDescription> tagging(Select<TagDeed> deed, NamesField named) {
        List<String> names = named.names();
        return one -> one.withTags(deed.getValue().apply(one.tags(), names));
    }

    private void vendor() {
        Select<Vendor> vendor = new Select<>();
        vendor.setId("bulk-vendor-name");
        vendor.setLabel("Vendor");
        vendor.setItems(vendors.get());
        vendor.setEmptySelectionAllowed(true);
        vendor.setEmptySelectionCaption("None");
        vendor.setItemLabelGenerator(one -> one == null ? "None" : one.terms().name());
        BulkDialog dialog = dialog("Vendor of " + count(), one -> one.withVendor(null));
        vendor.addValueChangeListener(change -> dialog.change(one -> one.withVendor(
                change.getValue() == null ? null : change.getValue().id())));
        dialog.with(vendor).open();
    }

    private void price() {
        List<String> names =
                chosen.stream().filter(row -> !row.isRule()).map(ModelRow::name).toList();
        if (names.isEmpty()) Notices.refused("A rule has no price; choose the models it fits.");
        else Pricing.editMany(visitor, names, after);
    }

    private void forget() {
        List<ModelId> described = new ArrayList<>();
        for (ModelRow row : chosen)
            if (row.own() != null) described.add(row.own().id());
        if (described.isEmpty()) {
            Notices.refused("None of these has a description of its own to remove.");
            return;
        }
        Confirm.destructive(
                "Remove what is told of " + (described.size() == 1 ? "1 model" : described.size() + " models") + "?",
                "Channels go on serving them and prices stay. You can undo this.",
                "Remove",
                () -> {
                    long change = visitor.send(new ForgetModels(described, Instant.now()));
                    after.run();
                    BulkDialog.undoable(visitor, Objects.requireNonNull(change), described.size(), after);
                });
    }
}

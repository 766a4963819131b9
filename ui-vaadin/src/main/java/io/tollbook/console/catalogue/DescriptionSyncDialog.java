package io.tollbook.console.catalogue;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.catalogue.Catalogue;
import io.tollbook.kernel.catalogue.CatalogueNow;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.DescribedModel;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.ModelRows;
import io.tollbook.kernel.catalogue.OfferedModels;
import io.tollbook.kernel.catalogue.SaveVendor;
import io.tollbook.kernel.catalogue.VendorTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the site that root named tells of models, beside ours: chosen field by field, taken over as one change. */
class DescriptionSyncDialog extends FormDialog {
    private static final int SHOWN_MAX = 300;
    private static final int TEXT_MAX = 60;

    private final Map<String, Set<String>> chosen = new TreeMap<>();
    private final SmallTable table = new SmallTable("", "Model", "Field", "Ours", "Theirs");
    private final List<Checkbox> boxes = new ArrayList<>();
    private int left;

    DescriptionSyncDialog(Visitor visitor, String source, OfferedModels offered, Runnable after) {
        super("describe-sync", "Descriptions of another site", "Take over chosen");
        setWidth("920px");
        Catalogue catalogue = visitor.ask(new CatalogueNow());
        for (ModelRow row : visitor.ask(new ModelRows()))
            if (row.isMissing() && offered.offers(row.name()))
                line(row.name(), "everything", Set.copyOf(OfferedModels.FIELDS), "not described", "described", true);
        for (DescribedModel model : catalogue.models())
            offered.differences(model.description(), catalogue)
                    .forEach((field, theirs) -> line(
                            model.description().name(),
                            field,
                            Set.of(field),
                            OfferedModels.local(model.description(), field, catalogue),
                            theirs,
                            false));
        Div found = new Div(Marks.box("scroll-x", table));
        found.setId("describe-sync-found");
        if (boxes.isEmpty()) found.removeAll();
        if (left > 0)
            found.add(Marks.text(
                    Amounts.number(left) + (left == 1 ? " line more is" : " lines more are")
                            + " not shown. Take these over, then compare again.",
                    "dim"));
        broad(Marks.dim(boxes.isEmpty() ? source + " tells nothing else of our models." : "From " + source), found);
        count();
        onSave(() -> {
            for (String vendor : offered.unknownVendors(chosen.keySet(), catalogue))
                visitor.send(new SaveVendor(null, new VendorTerms(vendor, "", "", true), Instant.now()));
            List<DescribeModels.Wish> wishes = offered.wishes(chosen, visitor.ask(new CatalogueNow()));
            long change =
                    visitor.send(new DescribeModels(wishes, Instant.now())).change();
            after.run();
            BulkDialog.undoable(visitor, change, wishes.size(), after);
        });
    }

    private void line(String model, String field, Set<String> fields, String ours, String theirs, boolean first) {
        if (boxes.size() >= SHOWN_MAX) {
            left++;
            return;
        }
        Checkbox box = new Checkbox();
        box.setAriaLabel("Take " + field + " of " + model);
        box.addValueChangeListener(change -> {
            Set<String> named = chosen.computeIfAbsent(model, name -> new TreeSet<>());
            if (change.getValue()) named.addAll(fields);
            else named.removeAll(fields);
            if (named.isEmpty()) chosen.remove(model);
            count();
        });
        boxes.add(box);
        table.line(box, Marks.text(model, "strong"), new Span(field), text(ours), text(theirs));
        box.setValue(first);
    }

    private static Span text(String text) {
        Span span = new Span(text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX - 1) + "…");
        span.setTitle(text);
        return span;
    }

    private void count() {
        saveButton().setEnabled(!chosen.isEmpty());
        saveButton()
                .setText(
                        chosen.isEmpty()
                                ? "Take over chosen"
                                : "Take over for " + chosen.size() + (chosen.size() == 1 ? " model" : " models"));
    }
}

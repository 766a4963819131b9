package io.tollbook.console.catalogue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.catalogue.DescribeModels;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelRow;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.UndoModelChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes many descriptions at once: shows each before and after, then does it as one change that can be undone. */
class BulkDialog extends FormDialog {
    private static final int SHOWN_MAX = 12;

    private final ChangeWords words;
    private final List<ModelRow> rows;
    private final Div preview = new Div();
    private UnaryOperator<ModelDescription> change;

    BulkDialog(
            Visitor visitor,
            String title,
            List<ModelRow> rows,
            ChangeWords words,
            UnaryOperator<ModelDescription> first,
            Runnable after) {
        super("bulk-change", title, "Apply");
        this.words = words;
        this.rows = rows;
        change = first;
        preview.setId("bulk-preview");
        onSave(() -> {
            List<DescribeModels.Wish> wishes = wishes();
            if (!wishes.isEmpty()) {
                long number =
                        visitor.send(new DescribeModels(wishes, Instant.now())).change();
                undoable(visitor, number, wishes.size(), after);
            } else Notices.done("Nothing to change: it is so already.");
            after.run();
        });
    }

    static void undoable(Visitor visitor, long number, int models, Runnable after) {
        Notices.undoable(models == 1 ? "1 model changed." : models + " models changed.", () -> {
            visitor.send(new UndoModelChange(number, Instant.now()));
            after.run();
        });
    }

    /** Fields that decide what is done, and below them what comes of it. */
    BulkDialog with(Component... fields) {
        broad(fields);
        broad(preview);
        show();
        return this;
    }

    /** Another change than before. */
    void change(UnaryOperator<ModelDescription> other) {
        change = other;
        show();
    }

    /** What a model is told of now, as a description of its own. */
    static ModelDescription base(ModelRow row) {
        if (row.own() != null) return row.own().description();
        if (row.told() == null) return ModelDescription.of(row.name());
        ModelDescription rule = row.told().description();
        return new ModelDescription(
                row.name(),
                NameRule.EXACT,
                rule.description(),
                rule.icon(),
                rule.tags(),
                rule.vendor(),
                rule.endpoints(),
                rule.enabled(),
                rule.synced());
    }

    private List<DescribeModels.Wish> wishes() {
        List<DescribeModels.Wish> wishes = new ArrayList<>();
        for (ModelRow row : rows) {
            ModelDescription before = base(row);
            ModelDescription after = change.apply(before);
            if (!after.equals(before))
                wishes.add(new DescribeModels.Wish(
                        row.own() == null ? null : row.own().id(), after));
        }
        return wishes;
    }

    private void show() {
        preview.removeAll();
        SmallTable table = new SmallTable("Model", "Change");
        int changed = 0;
        for (ModelRow row : rows) {
            ModelDescription before = base(row);
            List<String> difference = words.of(before, change.apply(before));
            if (difference.isEmpty()) continue;
            if (changed++ < SHOWN_MAX)
                table.line(Marks.text(row.name(), "strong"), new Span(String.join("; ", difference)));
        }
        int same = rows.size() - changed;
        if (changed > 0) preview.add(Marks.box("scroll-x", table));
        preview.add(Marks.dim((changed > SHOWN_MAX ? "and " + (changed - SHOWN_MAX) + " more. " : "")
                + (changed == 0
                        ? "Nothing changes: it is so already."
                        : same > 0 ? same + " of " + rows.size() + " stay as they are." : "")));
        saveButton().setEnabled(changed > 0);
    }
}

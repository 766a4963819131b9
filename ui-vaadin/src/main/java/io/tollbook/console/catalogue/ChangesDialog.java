package io.tollbook.console.catalogue;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Empty;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.catalogue.ListedModelChange;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelChanges;
import io.tollbook.kernel.catalogue.UndoModelChange;
import java.time.Instant;
import java.util.List;

/** What was done to descriptions, the newest first; each can be taken back as long as nothing was changed on top of it. */
class ChangesDialog extends Dialog {
    private static final int AT_ONCE = 15;

    private final Visitor visitor;
    private final ChangeWords words;
    private final Runnable after;
    private final Div lines = new Div();
    private final Button older = new Button("Older");
    private SmallTable table = new SmallTable();
    private int shown;
    /** The oldest change that is shown: what is new since then moves all others one place down. */
    private long oldest = Long.MAX_VALUE;

    ChangesDialog(Visitor visitor, ChangeWords words, Runnable after) {
        this.visitor = visitor;
        this.words = words;
        this.after = after;
        setId("model-changes");
        setHeaderTitle("Changes of models");
        setWidth("920px");
        setMaxWidth("100%");
        older.setId("changes-older");
        older.addClickListener(click -> more(AT_ONCE));
        add(lines, older);
        Button close = new Button("Close", click -> close());
        close.setId("changes-close");
        getFooter().add(close);
        show();
    }

    private void show() {
        int before = Math.max(AT_ONCE, shown);
        lines.removeAll();
        shown = 0;
        oldest = Long.MAX_VALUE;
        table = new SmallTable("Change", "When", "By", "What", "");
        do more(Math.min(before - shown, Paging.LIMIT_MAX));
        while (shown < before && older.isVisible());
        lines.add(
                shown == 0
                        ? new Empty(Glyph.CLOCK, "No changes yet", "What you do to models is listed here.")
                        : Marks.box("scroll-x", table));
    }

    private void more(int limit) {
        Page<ListedModelChange> page = visitor.ask(new ModelChanges(new Paging(shown, limit)));
        for (ListedModelChange change : page.items()) if (change.change() < oldest) line(change);
        shown += page.items().size();
        older.setVisible(!page.items().isEmpty() && page.total() > shown);
    }

    private void line(ListedModelChange change) {
        oldest = change.change();
        table.line(
                Marks.text(Long.toString(change.change()), "strong"),
                new Span(Moments.minute(change.at())),
                new Span(change.by().isEmpty() ? "Tollbook" : change.by()),
                what(change),
                undo(change));
    }

    private Component what(ListedModelChange change) {
        List<ModelChange> models = change.models();
        ModelChange first = models.getFirst();
        String deed = String.join("; ", words.of(first.before(), first.after()));
        Span what = new Span(
                models.size() == 1
                        ? ChangeWords.name(first) + ": " + deed
                        : models.size() + " models, " + ChangeWords.name(first) + ": " + deed);
        what.setTitle(String.join(
                ", ", models.stream().map(ChangeWords::name).limit(50).toList()));
        return change.undoes() == null ? what : Marks.row(what, Marks.dim("undid " + change.undoes()));
    }

    private Component undo(ListedModelChange change) {
        if (change.undoneBy() != null) return Marks.dim("undone by " + change.undoneBy());
        if (visitor.isAuditor()) return new Span();
        Button undo = new Button(
                "Undo",
                click -> Notices.attempt(() -> {
                    visitor.send(new UndoModelChange(change.change(), Instant.now()));
                    after.run();
                    show();
                    Notices.done("Change " + change.change() + " undone.");
                }));
        undo.setId("undo-" + change.change());
        undo.setAriaLabel("Undo change " + change.change());
        return undo;
    }
}

package io.tollbook.console.pricing;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.pricing.PublishPrices;
import java.time.Instant;

/** Shows what the draft changes, and puts it in force. */
class PublishDialog extends FormDialog {
    PublishDialog(Visitor visitor, PriceDraft draft, Runnable after) {
        super("publish", "Publish version " + (draft.basedOn() + 1), "Publish");
        UnorderedList changes = new UnorderedList();
        changes.setId("publish-changes");
        changes.addClassName("changes");
        draft.changes().forEach(change -> changes.add(new ListItem(change)));
        TextField note = new TextField("Note");
        note.setId("publish-note");
        note.setHelperText("Why? Whoever asks about a charge will read it.");
        note.setAutofocus(true);
        broad(
                changes,
                note,
                Marks.dim(
                        "Calls that begin from now on are charged by it. Calls under way keep the version they began with."));
        onSave(() -> {
            visitor.send(new PublishPrices(
                    draft.basedOn(), draft.document(), note.getValue().strip(), Instant.now()));
            after.run();
            Notices.done("Prices published.");
        });
    }
}

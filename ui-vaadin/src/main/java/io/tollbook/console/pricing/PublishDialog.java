package io.tollbook.console.pricing;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Shows what the draft changes, and puts it in force, now or later. */
class PublishDialog extends FormDialog {
    /** @param why what the note is for */
    PublishDialog(Visitor visitor, Draft draft, String why, Runnable after) {
        super("publish", "Publish version " + (draft.newest() + 1), "Publish");
        UnorderedList changes = new UnorderedList();
        changes.setId("publish-changes");
        changes.addClassName("changes");
        draft.changes().forEach(change -> changes.add(new ListItem(change)));
        TextField note = new TextField("Note");
        note.setId("publish-note");
        note.setHelperText(why);
        note.setAutofocus(true);
        DateTimePicker from = new DateTimePicker("In force from");
        from.setId("publish-from");
        from.setLocale(Locale.UK);
        from.setStep(Duration.ofMinutes(15));
        from.setDatePlaceholder("At once");
        from.setMin(Moments.local(Instant.now()));
        from.setHelperText("Empty: at once. Your time zone: " + Moments.zone());
        broad(changes, note, from, Marks.dim(draft.effect()));
        for (Draft.Planned planned : draft.planned())
            broad(Marks.text(
                    "Version " + planned.version() + " is planned for " + Moments.minute(planned.from())
                            + " and will replace this one then.",
                    "warning"));
        onSave(() -> {
            Instant moment = Moments.instant(from.getValue());
            draft.publish(visitor, moment, note.getValue().strip());
            after.run();
            if (moment == null)
                Notices.undoable("Prices published.", () -> {
                    draft.takeBack(visitor, "undone: " + note.getValue().strip());
                    after.run();
                });
            else Notices.done("Prices planned for " + Moments.minute(moment) + ".");
        });
    }
}

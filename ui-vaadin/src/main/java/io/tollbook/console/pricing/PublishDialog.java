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
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PublishPrices;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Shows what the draft changes, and puts it in force, now or later. */
class PublishDialog extends FormDialog {
    PublishDialog(Visitor visitor, PriceDraft draft, Runnable after) {
        super("publish", "Publish version " + (draft.seen().newest() + 1), "Publish");
        UnorderedList changes = new UnorderedList();
        changes.setId("publish-changes");
        changes.addClassName("changes");
        draft.changes().forEach(change -> changes.add(new ListItem(change)));
        TextField note = new TextField("Note");
        note.setId("publish-note");
        note.setHelperText("Why? Whoever asks about a charge will read it.");
        note.setAutofocus(true);
        DateTimePicker from = new DateTimePicker("In force from");
        from.setId("publish-from");
        from.setLocale(Locale.UK);
        from.setStep(Duration.ofMinutes(15));
        from.setDatePlaceholder("At once");
        from.setMin(Moments.local(Instant.now()));
        from.setHelperText("Empty: at once. Your time zone: " + Moments.zone());
        broad(
                changes,
                note,
                from,
                Marks.dim(
                        "Calls that begin from then on are charged by it. Calls under way keep the version they began with."));
        for (PriceVersion planned : draft.seen().planned())
            broad(Marks.text(
                    "Version " + planned.version() + " is planned for " + Moments.minute(planned.effectiveFrom())
                            + " and will replace this one then.",
                    "warning"));
        onSave(() -> {
            Instant moment = Moments.instant(from.getValue());
            visitor.send(new PublishPrices(
                    draft.seen(), draft.document().from(moment), note.getValue().strip(), Instant.now()));
            after.run();
            Notices.done(moment == null ? "Prices published." : "Prices planned for " + Moments.minute(moment) + ".");
        });
    }
}

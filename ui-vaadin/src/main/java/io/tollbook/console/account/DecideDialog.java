package io.tollbook.console.account;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.ledger.LotWords;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Facts;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.account.AdjustQuota;
import io.tollbook.kernel.account.ApproveAdjustment;
import io.tollbook.kernel.account.ListedAdjustment;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.RejectAdjustment;
import java.time.Instant;

/** The second person's look at a change of quota: what, for whom, why, and what the balance would be. */
class DecideDialog extends FormDialog {
    private final RadioButtonGroup<Boolean> decision = new RadioButtonGroup<>("Decision");
    private final ReasonField reason = new ReasonField();

    DecideDialog(Visitor visitor, ListedAdjustment row, Runnable after) {
        super("decide", "Decide about this change", "Decide");
        decision.setId("decide-decision");
        decision.setItems(true, false);
        decision.setItemLabelGenerator(yes -> yes ? "Approve: it takes effect now" : "Reject: nothing changes");
        decision.setValue(true);
        decision.addValueChangeListener(change -> show());
        reason.setHelperText("Whoever asked for it reads this");
        broad(facts(row), preview(row), decision, reason);
        show();
        onSave(() -> {
            if (decision.getValue()) visitor.send(new ApproveAdjustment(row.adjustment(), Instant.now()));
            else visitor.send(new RejectAdjustment(row.adjustment(), reason.reason(), Instant.now()));
            after.run();
            Notices.done(decision.getValue() ? "Approved: the quota is changed." : "Rejected: nothing was changed.");
        });
    }

    private void show() {
        reason.setVisible(!decision.getValue());
        saveButton().setText(decision.getValue() ? "Approve" : "Reject");
    }

    private static Facts facts(ListedAdjustment row) {
        Facts facts = new Facts()
                .add(
                        "User",
                        QuotaChangesView.name(row) + ", account "
                                + row.account().value())
                .add("Change", QuotaChangesView.words(row));
        if (row.mode() == AdjustQuota.Mode.ADD) {
            facts.add("Class", LotWords.name(row.lotClass()));
            facts.add("Price paid", row.pricePaid() == null ? "none" : LotWords.money(row.pricePaid()));
        }
        return facts.add("Asked for by", QuotaChangesView.requester(row) + ", " + Moments.second(row.requestedAt()))
                .add("Because", row.reason())
                .add("Balance then", Amounts.usd(row.availableThen()))
                .add("Until", Moments.second(row.expiresAt()));
    }

    private static Div preview(ListedAdjustment row) {
        Quota change = row.afterwards().minus(row.availableNow());
        return Marks.box(
                "preview",
                Marks.stacked(Marks.dim("Available now"), Marks.usd(row.availableNow())),
                new Span("→"),
                Marks.stacked(Marks.dim("afterwards"), Marks.usd(row.afterwards())),
                Marks.text(Amounts.change(change), change.isNegative() ? "bad" : "good"));
    }
}

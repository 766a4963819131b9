package io.tollbook.console.account;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.QuotaField;
import io.tollbook.kernel.account.BalanceOf;
import io.tollbook.kernel.account.ChargeProposal;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.account.Resolution;
import io.tollbook.kernel.account.ResolveCall;
import io.tollbook.kernel.account.UnresolvedCall;
import java.time.Instant;

/** Decides about a call whose end nobody saw, and shows before what that does to the balance. */
class ResolveDialog extends FormDialog {
    private final RadioButtonGroup<Resolution> resolution = new RadioButtonGroup<>("Decision");
    private final QuotaField amount = new QuotaField("resolve-amount", "Charge");
    private final Div preview = new Div();
    private final Quota available;

    ResolveDialog(Visitor visitor, UnresolvedCall call, Runnable after) {
        super("resolve", "Resolve this call", "Resolve");
        available = visitor.ask(new BalanceOf(call.account())).available();
        ReasonField reason = new ReasonField();
        resolution.setId("resolve-decision");
        resolution.setItems(Resolution.values());
        resolution.setItemLabelGenerator(ResolveDialog::words);
        resolution.setValue(Resolution.CHARGED);
        amount.setQuota(visitor.ask(new ChargeProposal(call.hold())));
        resolution.addValueChangeListener(change -> preview());
        amount.addValueChangeListener(change -> preview());
        preview.setId("resolve-preview");
        preview.addClassName("preview");
        preview.getElement().setAttribute("aria-live", "polite");
        broad(
                CallCells.facts(call).add("Had held", Marks.usd(call.held())),
                resolution,
                amount,
                Marks.text(
                        "Proposed is what such calls cost on average in the 30 days before, and never more than was"
                                + " held. Look the request up at the provider for the true amount.",
                        "dim"),
                preview,
                reason);
        preview();
        onSave(() -> {
            Quota charge = charges() ? amount.quota() : Quota.ZERO;
            visitor.send(new ResolveCall(
                    call.account(), call.hold(), resolution.getValue(), charge, reason.reason(), Instant.now()));
            after.run();
            Notices.done(
                    charges() ? "Call charged with " + Amounts.usd(charge) + "." : "Call resolved without a charge.");
        });
    }

    static String words(Resolution resolution) {
        return switch (resolution) {
            case CHARGED -> "Charge the customer";
            case WRITTEN_OFF -> "Write off: the site bears it";
            case LEFT_WITH_CUSTOMER -> "Leave with the customer: it was not answered";
        };
    }

    private boolean charges() {
        return resolution.getValue() == Resolution.CHARGED;
    }

    private void preview() {
        amount.setVisible(charges());
        preview.removeAll();
        Quota charge;
        try {
            charge = charges() && amount.getValue() != null ? amount.quota() : Quota.ZERO;
        } catch (io.tollbook.kernel.Refused e) {
            preview.add(Marks.dim("The amount is not one that can be charged."));
            return;
        }
        Quota then = available.minus(charge);
        preview.add(
                Marks.stacked(Marks.dim("Available now"), Marks.usd(available)),
                new Span("→"),
                Marks.stacked(Marks.dim("afterwards"), Marks.usd(then)),
                Marks.text(Amounts.change(Quota.ZERO.minus(charge)), then.isNegative() ? "bad" : "dim"));
    }
}

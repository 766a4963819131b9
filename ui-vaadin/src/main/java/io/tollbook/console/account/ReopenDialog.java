package io.tollbook.console.account;

import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.account.ReopenCall;
import io.tollbook.kernel.account.UnresolvedCall;
import java.time.Instant;

/** Takes a decision about a call back, by an event that mirrors it. */
class ReopenDialog extends FormDialog {
    ReopenDialog(Visitor visitor, UnresolvedCall call, UnresolvedCall.Decision decision, Runnable after) {
        super("reopen", "Take this decision back?", "Take back");
        ReasonField reason = new ReasonField();
        reason.setAutofocus(true);
        broad(
                CallCells.facts(call)
                        .add("Decision", ResolveDialog.words(decision.resolution()))
                        .add("Because", decision.reason())
                        .add("Given back", Marks.usd(decision.charged())),
                Marks.text(
                        "The lots that paid have it again, and the call waits for a new decision. Both stay in the book.",
                        "dim"),
                reason);
        saveOnEnter();
        onSave(() -> {
            visitor.send(new ReopenCall(call.account(), call.hold(), reason.reason(), Instant.now()));
            after.run();
            Notices.done("Decision taken back.");
        });
    }
}

package io.tollbook.console.account;

import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.account.ListedHold;
import io.tollbook.kernel.account.OpenHold;
import io.tollbook.kernel.account.ReleaseOpenHold;
import java.time.Instant;

/** Gives an open hold back, once somebody has said why. */
class ReleaseDialog extends FormDialog {
    ReleaseDialog(Visitor visitor, ListedHold row, Runnable after) {
        super("release", "Release this hold?", "Release");
        OpenHold hold = row.open();
        ReasonField reason = new ReasonField();
        reason.setAutofocus(true);
        broad(
                CallCells.facts(row).add("Given back", Marks.usd(hold.amount())),
                Marks.text(
                        "The customer can spend this again at once. If the call is still running, its answer is not"
                                + " charged. If it ends first, nothing is released.",
                        "dim"),
                reason);
        saveOnEnter();
        onSave(() -> {
            try {
                visitor.send(new ReleaseOpenHold(hold.account(), hold.hold(), reason.reason(), Instant.now()));
                Notices.done("Hold released.");
            } finally {
                after.run(); // Refused or not, the row is no longer what it was.
            }
        });
    }
}

package io.tollbook.console.log;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.page.Marks;
import io.tollbook.kernel.account.AttemptCost;
import org.jspecify.annotations.Nullable;

/** What an attempt cost us, in a cell; for those who may know. */
final class CostWords {
    private CostWords() {}

    static Component of(@Nullable AttemptCost cost) {
        if (cost == null) {
            Span unknown = Marks.pill("unknown", Marks.Tone.WARNING);
            unknown.setTitle("There was no buy price for this model at this channel.");
            return unknown;
        }
        Component amount = Marks.nanoUsd(cost.nanoUsd());
        return switch (cost.basis()) {
            case NOT_SENT -> Marks.stacked(amount, Marks.dim("never sent"));
            case REFUSED -> Marks.stacked(amount, Marks.dim("refused"));
            case REPORTED -> Marks.stacked(amount, Marks.dim("buy price " + cost.version()));
            case ESTIMATED -> Marks.stacked(amount, Marks.dim("estimated, buy price " + cost.version()));
        };
    }
}

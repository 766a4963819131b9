package io.tollbook.console.pricing;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Amounts;
import io.tollbook.console.page.Clip;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.SmallTable;
import io.tollbook.kernel.user.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;

/** The published versions, newest first. */
class HistoryDialog extends Dialog {
    private static final int AT_ONCE = 20;

    private final Visitor visitor;
    private final SmallTable table =
            new SmallTable("Version", "Published", "In force from", "Prices", "Hash", "Note", "");
    private final Button older = new Button("Older");
    private long next;

    private final transient LongFunction<Optional<Published>> versions;
    private final String why;
    private final Runnable after;

    /**
     * @param versions any of them by its number
     * @param why what the note of a restored one is for
     */
    HistoryDialog(
            Visitor visitor, long newest, LongFunction<Optional<Published>> versions, String why, Runnable after) {
        this.visitor = visitor;
        this.versions = versions;
        this.why = why;
        this.after = after;
        next = newest;
        setId("history");
        setHeaderTitle("Price versions");
        setWidth("920px");
        setMaxWidth("100%");
        older.setId("history-older");
        older.addClickListener(click -> more());
        add(Marks.box("scroll-x", table), older);
        Button close = new Button("Close", click -> close());
        close.setId("history-close");
        getFooter().add(close);
        more();
    }

    private static Component from(Published version) {
        Span moment = new Span(Moments.minute(version.effectiveFrom()));
        return version.effectiveFrom().isAfter(Instant.now())
                ? Marks.row(moment, Marks.pill("planned", Marks.Tone.WARNING))
                : moment;
    }

    /** Root publishes an old version's prices again, after a look at what that changes. */
    private Component restore(Published version) {
        if (!visitor.isAtLeast(Role.ROOT)) return new Span();
        Button restore = new Button("Restore…", click -> {
            Draft draft = version.again().get();
            close();
            if (draft.changes().isEmpty()) Notices.done("These prices are in force.");
            else new PublishDialog(visitor, draft, why, after).open();
        });
        restore.setId("restore-" + version.version());
        restore.setAriaLabel("Restore version " + version.version());
        return restore;
    }

    private void more() {
        for (int i = 0; i < AT_ONCE && next > 0; i++, next--)
            versions.apply(next)
                    .ifPresent(version -> table.line(
                            Marks.text(Long.toString(version.version()), "strong"),
                            new Span(Moments.minute(version.at())),
                            from(version),
                            new Span(Amounts.number(version.size())),
                            Marks.row(
                                    Marks.code(version.hash()
                                            .substring(
                                                    0,
                                                    Math.min(12, version.hash().length()))),
                                    Clip.button("hash", version::hash)),
                            new Span(version.note()),
                            restore(version)));
        older.setVisible(next > 0);
    }
}

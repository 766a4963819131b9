package io.tollbook.console.channel;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.ListGrid;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelStatus;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.DeleteChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What can be done to the chosen channels. */
class ChannelBulk extends Div {
    private final Visitor visitor;
    private final Supplier<List<ChannelSummary>> found;
    private final Supplier<Set<String>> groups;
    private final Runnable after;
    private final ListGrid<ChannelSummary> list;
    private final Span count = new Span();
    private final Button all = new Button("Select all that match");
    private List<ChannelSummary> chosen = List.of();

    /** @param found all that the filters let through */
    ChannelBulk(
            Visitor visitor,
            Supplier<List<ChannelSummary>> found,
            Supplier<Set<String>> groups,
            Runnable after,
            ListGrid<ChannelSummary> list) {
        this.visitor = visitor;
        this.found = found;
        this.groups = groups;
        this.after = after;
        this.list = list;
        setId("channels-bulk");
        addClassName("bulk");
        buttons();
        setVisible(false);
    }

    void clear() {
        if (visitor.isAuditor()) return;
        list.deselectAll();
        show(Set.of());
    }

    /** The buttons stay the same ones, so that the keyboard stays on them. */
    void show(Set<ChannelSummary> rows) {
        chosen = List.copyOf(rows);
        setVisible(!chosen.isEmpty());
        count.setText(count() + " selected");
    }

    private String count() {
        return chosen.size() == 1 ? "1 channel" : chosen.size() + " channels";
    }

    private void buttons() {
        all.setId("channels-all");
        all.addThemeVariants(ButtonVariant.TERTIARY);
        all.addClickListener(
                click -> Notices.attempt(() -> list.asMultiSelect().setValue(new LinkedHashSet<>(found.get()))));
        Button none = new Button("Clear", click -> clear());
        none.setId("channels-none");
        none.addThemeVariants(ButtonVariant.TERTIARY);
        add(
                count,
                all,
                none,
                Marks.text("", "grow"),
                Tool.plain("channels-enable", "Enable", Glyph.POWER, click -> power(true)),
                Tool.plain("channels-disable", "Disable", Glyph.PAUSE, click -> power(false)),
                Tool.plain("channels-tag", "Tag…", Glyph.MODELS, click -> tag()),
                Tool.plain(
                        "channels-edit",
                        "Edit…",
                        Glyph.EDIT,
                        click -> new BulkEditDialog(visitor, chosen, groups.get(), this::done).open()),
                Tool.plain("channels-delete", "Delete", Glyph.TRASH, click -> delete()));
    }

    private void done() {
        clear();
        after.run();
    }

    private void power(boolean on) {
        List<ChannelChange> changes = chosen.stream()
                .filter(channel -> on != (channel.status() == ChannelStatus.ENABLED))
                .map(channel -> new ChannelChange(channel.id(), channel.terms(), channel.terms(), on))
                .toList();
        if (changes.isEmpty()) Notices.done("Nothing to change: it is so already.");
        else if (on) Notices.attempt(() -> ChangePreview.apply(visitor, changes, this::done));
        else
            Confirm.plain(
                    "Disable " + (changes.size() == 1 ? "1 channel" : changes.size() + " channels") + "?",
                    "No new call goes there within a second; running ones end as they would. You can undo this.",
                    "Disable",
                    () -> ChangePreview.apply(visitor, changes, this::done));
    }

    private void tag() {
        FormDialog dialog = new FormDialog("channels-tagging", "Tag of " + count(), "Apply");
        TextField tag = new TextField("Tag");
        tag.setId("channels-tag-name");
        tag.setHelperText("Empty takes the tag away");
        tag.setMaxLength(64);
        tag.setAutofocus(true);
        tag.setValueChangeMode(ValueChangeMode.EAGER);
        ChangePreview preview = new ChangePreview();
        tag.addValueChangeListener(change -> preview.show(tagged(tag.getValue()), chosen.size()));
        preview.show(tagged(""), chosen.size());
        dialog.broad(tag, preview);
        dialog.saveOnEnter();
        dialog.onSave(() -> {
            List<ChannelChange> changes = tagged(tag.getValue());
            if (changes.isEmpty()) Notices.done("Nothing to change: it is so already.");
            else ChangePreview.apply(visitor, changes, this::done);
        });
        dialog.open();
    }

    private List<ChannelChange> tagged(String tag) {
        return chosen.stream()
                .filter(channel -> !channel.terms().tag().equals(tag.strip()))
                .map(channel ->
                        new ChannelChange(channel.id(), channel.terms(), TermsEdit.tag(channel.terms(), tag.strip())))
                .toList();
    }

    private void delete() {
        List<ChannelSummary> doomed = chosen;
        Confirm.destructive(
                "Delete " + count() + "?",
                "No call goes there any more, and their keys are destroyed. This cannot be undone. Past calls stay in the book.",
                "Delete",
                () -> {
                    int deleted = 0;
                    for (ChannelSummary channel : doomed) {
                        try {
                            visitor.send(new DeleteChannel(channel.id()));
                            deleted++;
                        } catch (Refused gone) {
                            if (gone.refusal() != Refusal.NOT_FOUND) throw gone;
                        }
                    }
                    done();
                    Notices.done(deleted == 1 ? "1 channel deleted." : deleted + " channels deleted.");
                });
    }
}

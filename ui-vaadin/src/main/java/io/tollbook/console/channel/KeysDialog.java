package io.tollbook.console.channel;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Confirm;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Marks;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Segments;
import io.tollbook.console.page.SmallTable;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.Command;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChangeChannel;
import io.tollbook.kernel.channel.ChannelById;
import io.tollbook.kernel.channel.ChannelId;
import io.tollbook.kernel.channel.ChannelKeys;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.channel.DeleteChannelKeys;
import io.tollbook.kernel.channel.DisableChannelKey;
import io.tollbook.kernel.channel.EnableChannelKey;
import io.tollbook.kernel.channel.KeyPrint;
import io.tollbook.kernel.channel.KeyState;
import io.tollbook.kernel.channel.ListedKey;
import io.tollbook.kernel.channel.ListedKeys;
import io.tollbook.kernel.channel.RetireChannelKey;
import io.tollbook.kernel.channel.SwitchChannelKeys;
import io.tollbook.kernel.secret.Secret;
import io.tollbook.kernel.user.Role;
import io.tollbook.kernel.user.Sessions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel's keys: how each stands, and what is done to some or all of them. None is shown but to root, who proves who they are. */
class KeysDialog extends Dialog {
    private static final int PAGE = 50;

    private final Visitor visitor;
    private final Sessions sessions;
    private final ChannelId channel;
    private final String name;
    private final boolean changes;
    private final Div counts = new Div();
    private final Select<KeyState> state = new Select<>();
    private final Div lines = new Div();
    private final Button before = new Button("Before");
    private final Button next = new Button("Next");
    private final Span where = new Span();
    private int offset;

    KeysDialog(Visitor visitor, Sessions sessions, ChannelId channel, String name, Runnable after) {
        this.visitor = visitor;
        this.sessions = sessions;
        this.channel = channel;
        this.name = name;
        changes = !visitor.isAuditor();
        setId("keys");
        setHeaderTitle("Keys of “" + name + "”");
        setWidth("900px");
        setMaxWidth("100%");
        counts.setId("keys-counts");
        counts.addClassName("pills");
        state.setId("keys-state");
        state.setAriaLabel("Which keys");
        state.setItems(KeyState.values());
        state.setEmptySelectionAllowed(true);
        state.setEmptySelectionCaption("All keys");
        state.setItemLabelGenerator(one -> one == null ? "All keys" : words(one));
        state.addValueChangeListener(change -> {
            offset = 0;
            show();
        });
        Div head = new Div(counts, Marks.text("", "grow"), state);
        head.addClassName("keys-head");
        before.setId("keys-before");
        before.addClickListener(click -> page(-PAGE));
        next.setId("keys-next");
        next.addClickListener(click -> page(PAGE));
        Div foot = Marks.row(before, where, next);
        foot.addClassName("keys-pages");
        add(head, lines, foot);
        if (changes) add(tools());
        Button close = new Button("Close", click -> close());
        close.setId("keys-close");
        getFooter().add(close);
        addOpenedChangeListener(change -> {
            if (!change.isOpened()) after.run();
        });
        show();
    }

    private static String words(KeyState state) {
        return switch (state) {
            case ENABLED -> "Enabled";
            case DISABLED_BY_HAND -> "Disabled by hand";
            case DISABLED_AUTOMATICALLY -> "Stopped by themselves";
        };
    }

    private void page(int by) {
        offset = Math.max(0, offset + by);
        show();
    }

    private void show() {
        ListedKeys keys = visitor.ask(new ChannelKeys(channel, state.getValue(), new Paging(offset, PAGE)));
        counts.removeAll();
        counts.add(
                Marks.pill(keys.counts().on() + " enabled", Marks.Tone.GOOD),
                Marks.pill(keys.counts().byHand() + " by hand", Marks.Tone.NEUTRAL),
                Marks.pill(
                        keys.counts().automatically() + " stopped",
                        keys.counts().automatically() == 0 ? Marks.Tone.NEUTRAL : Marks.Tone.BAD));
        lines.removeAll();
        SmallTable table = new SmallTable("#No.", "Key", "Status", "Reason", "");
        boolean several = keys.counts().all() > 1;
        for (ListedKey key : keys.page().items())
            table.line(
                    new Span(Integer.toString(key.index() + 1)),
                    key(key),
                    status(key),
                    reason(key),
                    changes && several ? tools(key) : new Span());
        if (keys.page().items().isEmpty()) lines.add(Marks.dim("No key is so."));
        else lines.add(Marks.box("scroll-x", table));
        long total = keys.page().total();
        where.setText(total == 0 ? "" : (offset + 1) + "–" + Math.min(total, offset + PAGE) + " of " + total);
        before.setVisible(offset > 0);
        next.setVisible(offset + PAGE < total);
    }

    private static Component key(ListedKey key) {
        Span preview = Marks.code(key.preview());
        Div both = Marks.stacked(preview, Marks.dim(key.print().toString()));
        both.setTitle("The lower line is the key's fingerprint, which the log names.");
        return both;
    }

    private static Component status(ListedKey key) {
        return switch (key.state()) {
            case ENABLED ->
                key.retiresAt() == null
                        ? Marks.pill("enabled", Marks.Tone.GOOD)
                        : Marks.stacked(
                                Marks.pill(
                                        key.retiresAt().isBefore(Instant.now()) ? "retired" : "retires",
                                        Marks.Tone.WARNING),
                                Marks.dim(Moments.minute(key.retiresAt())));
            case DISABLED_BY_HAND -> Marks.pill("disabled", Marks.Tone.NEUTRAL);
            case DISABLED_AUTOMATICALLY -> Marks.pill("stopped itself", Marks.Tone.BAD);
        };
    }

    private static Component reason(ListedKey key) {
        if (key.since() == null) return new Span();
        Span why = new Span(key.why());
        why.setTitle(key.why());
        return Marks.stacked(why, Marks.dim(Moments.second(key.since())));
    }

    private Component tools(ListedKey key) {
        String number = "key " + (key.index() + 1);
        boolean on = key.state() == KeyState.ENABLED;
        Button power = Tool.icon(
                (on ? "Disable " : "Enable ") + number,
                Glyph.POWER,
                click -> act(
                        on
                                ? new DisableChannelKey(channel, key.print(), false, "by hand", Instant.now())
                                : new EnableChannelKey(channel, key.print(), Instant.now()),
                        on ? "Key disabled." : "Key enabled."));
        Button retire = key.retiresAt() == null
                ? Tool.icon("Retire " + number, Glyph.CLOCK, click -> retire(key))
                : Tool.icon(
                        "Keep " + number + " after all",
                        Glyph.REFRESH,
                        click ->
                                act(new RetireChannelKey(channel, key.print(), null, Instant.now()), "The key stays."));
        Button delete = Tool.icon(
                "Delete " + number,
                Glyph.TRASH,
                click -> Confirm.destructive(
                        "Delete " + number + "?",
                        "It is forgotten and cannot be shown again.",
                        "Delete",
                        () -> act(new DeleteChannelKeys(channel, Set.of(key.print())), "Key deleted.")));
        return Marks.box("row-tools", power, retire, delete);
    }

    private void act(Command<?> command, String done) {
        Notices.attempt(() -> {
            visitor.send(command);
            show();
            Notices.done(done);
        });
    }

    private void retire(ListedKey key) {
        FormDialog dialog = new FormDialog("retire", "Retire key " + (key.index() + 1), "Retire");
        DateTimePicker until = new DateTimePicker("Used until");
        until.setId("retire-until");
        until.setValue(
                LocalDateTime.now(Moments.zone()).plusDays(1).withSecond(0).withNano(0));
        dialog.broad(
                Marks.dim("Both the key and its successor serve until then; afterwards the successor alone."), until);
        dialog.onSave(() -> {
            Instant moment = Moments.instant(until.getValue());
            if (moment == null) throw Refused.invalid("Say until when.");
            visitor.send(new RetireChannelKey(channel, key.print(), moment, Instant.now()));
            show();
            Notices.done("The key is used until " + Moments.minute(moment) + ".");
        });
        dialog.open();
    }

    private Component tools() {
        Div tools = new Div(
                Tool.plain("keys-add", "Add or replace…", Glyph.PLUS, click -> enter()),
                Tool.plain("keys-enable-all", "Enable all", Glyph.POWER, click -> all(true)),
                Tool.plain("keys-disable-all", "Disable all", Glyph.PAUSE, click -> all(false)),
                Tool.plain("keys-delete-stopped", "Delete stopped", Glyph.TRASH, click -> deleteStopped()));
        if (visitor.isAtLeast(Role.ROOT))
            tools.add(Tool.plain(
                    "keys-reveal",
                    "Show in clear…",
                    Glyph.EYE,
                    click -> new RevealDialog(visitor, sessions, channel, name).open()));
        tools.addClassName("keys-tools");
        return tools;
    }

    private Set<KeyPrint> prints(@Nullable KeyState only) {
        Set<KeyPrint> prints = new HashSet<>();
        List<ListedKey> some;
        do {
            some = visitor.ask(new ChannelKeys(channel, only, new Paging(prints.size(), Paging.LIMIT_MAX)))
                    .page()
                    .items();
            some.forEach(key -> prints.add(key.print()));
        } while (some.size() == Paging.LIMIT_MAX);
        return prints;
    }

    private void all(boolean on) {
        Runnable deed = () -> act(
                new SwitchChannelKeys(channel, prints(null), on, on ? "" : "by hand", Instant.now()),
                on ? "All keys enabled." : "All keys disabled.");
        if (on) deed.run();
        else
            Confirm.destructive(
                    "Disable all keys?", "The channel takes no calls until one is enabled again.", "Disable", deed);
    }

    private void deleteStopped() {
        Set<KeyPrint> stopped = prints(KeyState.DISABLED_AUTOMATICALLY);
        if (stopped.isEmpty()) Notices.done("No key has stopped by itself.");
        else
            Confirm.destructive(
                    "Delete " + (stopped.size() == 1 ? "1 key" : stopped.size() + " keys") + "?",
                    "Those that stopped by themselves are forgotten; the others stay.",
                    "Delete",
                    () -> act(new DeleteChannelKeys(channel, stopped), "Deleted."));
    }

    private void enter() {
        FormDialog dialog = new FormDialog("keys-enter", "Keys of “" + name + "”", "Save");
        Segments<Boolean> mode =
                new Segments<>("What to do", List.of(true, false), adds -> adds ? "Add" : "Replace all");
        mode.setId("keys-mode");
        mode.setValue(true);
        TextArea keys = new TextArea("Keys");
        keys.setId("keys-text");
        keys.getElement().setAttribute("autocomplete", "off");
        keys.setHelperText("One a line; blank lines and doubles are left out");
        keys.setMinRows(4);
        keys.setMaxRows(12);
        keys.setAutofocus(true);
        dialog.broad(mode, keys);
        dialog.onSave(() -> {
            ChannelTerms terms = visitor.ask(new ChannelById(channel))
                    .orElseThrow(() -> Refused.invalid("The channel was deleted meanwhile."))
                    .terms();
            visitor.send(new ChangeChannel(channel, terms, new Secret(keys.getValue()), mode.getValue()));
            offset = 0;
            show();
            Notices.done("Keys saved.");
        });
        dialog.open();
    }
}

package io.tollbook.console.channel;

import com.vaadin.flow.component.textfield.IntegerField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.channel.ChangeChannels;
import io.tollbook.kernel.channel.ChannelChange;
import io.tollbook.kernel.channel.ChannelSummary;
import io.tollbook.kernel.channel.ChannelTerms;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/** A number of a channel in its row: saved when it is left or Enter is pressed, and undone from the notice. */
class InlineNumber extends IntegerField {
    InlineNumber(
            Visitor visitor,
            ChannelSummary channel,
            String label,
            int value,
            IntFunction<ChannelTerms> edit,
            Runnable after) {
        setAriaLabel(label);
        setValue(value);
        addClassName("inline-number");
        addValueChangeListener(change -> {
            if (!change.isFromClient()) return;
            Integer typed = change.getValue();
            boolean done = typed != null
                    && Notices.attempt(() -> {
                        ChannelChange one = new ChannelChange(channel.id(), channel.terms(), edit.apply(typed));
                        visitor.send(ChangeChannels.of(List.of(one), Instant.now()));
                        after.run();
                        Notices.undoable(label + " is " + typed + " now.", () -> {
                            visitor.send(ChangeChannels.of(List.of(one.reversed()), Instant.now()));
                            after.run();
                        });
                    });
            if (!done) setValue(value);
        });
    }
}

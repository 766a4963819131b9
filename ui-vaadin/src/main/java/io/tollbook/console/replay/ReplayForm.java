package io.tollbook.console.replay;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.Glyph;
import io.tollbook.console.page.Moments;
import io.tollbook.console.page.Notices;
import io.tollbook.console.page.Tool;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.replay.Replays;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which read models to go over, and how far. */
class ReplayForm extends Div {
    private final Replays replays;
    private final MultiSelectComboBox<String> readModels = new MultiSelectComboBox<>("Read models");
    private final Select<End> end = new Select<>();
    private final TextField position = new TextField("Position");
    private final DateTimePicker moment = new DateTimePicker("Time");

    private enum End {
        NOW("The present"),
        POSITION("A position"),
        TIME("A time");

        private final String label;

        End(String label) {
            this.label = label;
        }
    }

    ReplayForm(Replays replays, Visitor visitor, Runnable started) {
        this.replays = replays;
        addClassNames("filters", "replay-form");
        readModels.setId("replay-models");
        readModels.setItems(replays.readModels());
        readModels.setValue(new LinkedHashSet<>(replays.readModels()));
        readModels.setClearButtonVisible(true);
        readModels.setAutoExpand(MultiSelectComboBox.AutoExpandMode.BOTH);
        readModels.addClassName("wide");
        end.setId("replay-end");
        end.setLabel("Up to");
        end.setItems(End.values());
        end.setItemLabelGenerator(one -> one.label);
        end.setValue(End.NOW);
        position.setId("replay-position");
        position.setAllowedCharPattern("[0-9]");
        position.setHelperText("Of the last event to go over");
        moment.setId("replay-moment");
        moment.setStep(Duration.ofSeconds(1));
        moment.addClassName("wide");
        end.addValueChangeListener(change -> show());
        show();
        add(
                readModels,
                end,
                position,
                moment,
                Tool.primary(
                        "replay-start",
                        "Start",
                        Glyph.PLAY,
                        click -> Notices.attempt(() -> {
                            replays.start(List.copyOf(readModels.getValue()), upTo(), visitor.actor());
                            started.run();
                        })));
    }

    private void show() {
        position.setVisible(end.getValue() == End.POSITION);
        moment.setVisible(end.getValue() == End.TIME);
    }

    private @Nullable Long upTo() {
        return switch (end.getValue()) {
            case NOW -> null;
            case POSITION -> {
                if (!position.getValue().matches("[1-9][0-9]{0,17}"))
                    throw Refused.invalid("The position is a number from 1.");
                yield Long.valueOf(position.getValue());
            }
            case TIME -> {
                Instant chosen = Moments.instant(moment.getValue());
                if (chosen == null) throw Refused.invalid("Choose the time up to which to go.");
                long last = replays.positionBefore(chosen);
                if (last == 0) throw Refused.invalid("Nothing had been recorded by then.");
                yield last;
            }
        };
    }
}

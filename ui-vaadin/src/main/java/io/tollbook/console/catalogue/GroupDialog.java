package io.tollbook.console.catalogue;

import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextField;
import io.tollbook.console.access.Visitor;
import io.tollbook.console.page.FormDialog;
import io.tollbook.console.page.NamesField;
import io.tollbook.console.page.Notices;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.GroupRow;
import io.tollbook.kernel.catalogue.GroupRules;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.PriceOutlook;
import io.tollbook.kernel.pricing.PriceSchedule;
import io.tollbook.kernel.pricing.PriceVersion;
import io.tollbook.kernel.pricing.PublishPrices;
import io.tollbook.kernel.settings.ChangeOptions;
import io.tollbook.kernel.settings.Options;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a group costs and who may choose it. The ratio is published as a price version; the rest are options. */
class GroupDialog extends FormDialog {
    private final Visitor visitor;
    private final TextField name = new TextField("Group");
    private final BigDecimalField ratio = new BigDecimalField("Ratio");
    private final TextField description = new TextField("Description");
    private final RadioButtonGroup<Access> access = new RadioButtonGroup<>("Who may choose it for a key");
    private final NamesField listed;

    private enum Access {
        EVERYBODY("Everybody"),
        LISTED("Users of these groups"),
        OWN("Only users whose group it is");

        private final String words;

        Access(String words) {
            this.words = words;
        }
    }

    /** @param row the group to change; null for a new one */
    GroupDialog(Visitor visitor, @Nullable GroupRow row, List<String> groups, Runnable after) {
        super("group", row == null ? "New group" : row.name(), "Save");
        this.visitor = visitor;
        name.setId("group-name");
        name.setRequiredIndicatorVisible(true);
        name.setMaxLength(64);
        name.setAutofocus(row == null);
        name.setReadOnly(row != null);
        ratio.setId("group-ratio");
        ratio.setLocale(Locale.ROOT);
        ratio.setHelperText("Every price times this; empty for 1. Publishes a price version.");
        description.setId("group-description");
        description.setHelperText("Users read it where they choose a group");
        access.setId("group-access");
        access.setItems(Access.values());
        access.setItemLabelGenerator(one -> one.words);
        listed = new NamesField("group-listed", "Groups", groups);
        access.addValueChangeListener(change -> listed.setVisible(change.getValue() == Access.LISTED));
        access.setValue(Access.EVERYBODY);
        if (row != null) fill(row);
        fields(name, ratio);
        broad(description, access, listed);
        onSave(() -> {
            save(row);
            after.run();
            Notices.done("Group saved.");
        });
    }

    private void fill(GroupRow row) {
        name.setValue(row.name());
        ratio.setValue(row.ratio());
        description.setValue(row.description());
        listed.setNames(row.listed());
        access.setValue(row.openToAll() ? Access.EVERYBODY : row.listed().isEmpty() ? Access.OWN : Access.LISTED);
    }

    private void save(@Nullable GroupRow row) {
        String group = name.getValue().strip();
        if (group.isEmpty()) throw Refused.invalid("The group needs a name.");
        Set<String> some = access.getValue() == Access.LISTED ? new TreeSet<>(listed.names()) : Set.of();
        if (access.getValue() == Access.LISTED && some.isEmpty())
            throw Refused.invalid("Name at least one group whose users may choose it.");
        if (row == null && group.equals(GroupRules.AUTO) && ratio.getValue() != null)
            throw Refused.invalid("auto has no ratio: it costs what the group costs that serves the call.");
        // The ratio first: it can be refused, and then nothing has changed.
        publish(group);
        GroupRules rules = GroupRules.of(visitor.ask(new Options()));
        visitor.send(new ChangeOptions(
                rules.with(group, description.getValue().strip(), access.getValue() == Access.EVERYBODY, some),
                Instant.now()));
    }

    private void publish(String group) {
        PriceSchedule schedule = visitor.ask(new PriceOutlook());
        PriceVersion inForce = schedule.inForce();
        if (inForce == null) {
            if (ratio.getValue() == null) return;
            throw Refused.invalid("Publish prices first: a group's ratio is one of them.");
        }
        PriceDocument document = inForce.document();
        BigDecimal before = document.groups().get(group);
        BigDecimal after = ratio.getValue();
        if (before == null ? after == null : after != null && before.compareTo(after) == 0) return;
        Map<String, BigDecimal> groups = new HashMap<>(document.groups());
        if (after == null) groups.remove(group);
        else groups.put(group, after);
        visitor.send(new PublishPrices(
                schedule, document.withGroups(groups).from(null), "ratio of group " + group, Instant.now()));
    }
}

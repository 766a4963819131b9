package io.tollbook.console.pricing;

import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import io.tollbook.console.page.FormDialog;
import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What groups pay, in the draft, one a line. */
class GroupsDialog extends FormDialog {
    private static final String EXAMPLE = "group = 0.9";

    private final TextArea groups = new TextArea("Group ratios");
    private final TextArea overrides = new TextArea("Ratios by the user’s own group");
    private final IntegerField longest = new IntegerField("Longest answer, where neither client nor model says");

    GroupsDialog(PriceDraft draft, Runnable after) {
        super("groups", "Group ratios", "Take over");
        groups.setId("groups-ratios");
        groups.setHelperText("group = ratio; a group that is not here costs 1");
        groups.setMinRows(4);
        groups.setValue(PricedLines.write(draft.groups()));
        overrides.setId("groups-overrides");
        overrides.setHelperText("user's group / used group = ratio; replaces the used group's own");
        overrides.setMinRows(2);
        StringBuilder text = new StringBuilder();
        new TreeMap<>(draft.overrides())
                .forEach((user, ratios) -> new TreeMap<>(ratios)
                        .forEach((group, ratio) -> text.append(user)
                                .append(" / ")
                                .append(group)
                                .append(" = ")
                                .append(ratio.toPlainString())
                                .append('\n')));
        overrides.setValue(text.toString());
        longest.setId("groups-longest");
        longest.setValue(draft.defaultMaxOutputTokens());
        broad(groups, overrides, longest);
        onSave(() -> {
            if (longest.getValue() == null) throw Refused.invalid("Enter the longest answer.");
            draft.groups(ratios(groups.getValue()), overrides(overrides.getValue()), longest.getValue());
            after.run();
        });
    }

    static Map<String, BigDecimal> ratios(String text) {
        return PricedLines.read(text, EXAMPLE);
    }

    static Map<String, Map<String, BigDecimal>> overrides(String text) {
        Map<String, Map<String, BigDecimal>> overrides = new TreeMap<>();
        for (String line : text.split("\n")) {
            if (line.isBlank()) continue;
            String[] sides = PricedLines.sides(line, EXAMPLE);
            String[] pair = sides[0].split("/", 2);
            if (pair.length < 2 || pair[0].isBlank() || pair[1].isBlank())
                throw Refused.invalid("A line looks like: user's group / used group = 0.9. This one does not: " + line);
            overrides
                    .computeIfAbsent(pair[0].strip(), any -> new TreeMap<>())
                    .put(pair[1].strip(), PricedLines.number(sides[1]));
        }
        return overrides;
    }
}

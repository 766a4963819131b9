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
    private final TextArea groups = new TextArea("Group ratios");
    private final TextArea overrides = new TextArea("Ratios by the user’s own group");
    private final IntegerField longest = new IntegerField("Longest answer, where neither client nor model says");

    GroupsDialog(PriceDraft draft, Runnable after) {
        super("groups", "Group ratios", "Take over");
        groups.setId("groups-ratios");
        groups.setHelperText("group = ratio; a group that is not here costs 1");
        groups.setMinRows(4);
        groups.setValue(lines(draft.groups()));
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

    private static String lines(Map<String, BigDecimal> ratios) {
        return String.join(
                "\n",
                new TreeMap<>(ratios)
                        .entrySet().stream()
                                .map(one ->
                                        one.getKey() + " = " + one.getValue().toPlainString())
                                .toList());
    }

    static Map<String, BigDecimal> ratios(String text) {
        Map<String, BigDecimal> ratios = new TreeMap<>();
        for (String line : text.split("\n")) {
            if (line.isBlank()) continue;
            String[] sides = sides(line);
            ratios.put(sides[0], ratio(sides[1]));
        }
        return ratios;
    }

    static Map<String, Map<String, BigDecimal>> overrides(String text) {
        Map<String, Map<String, BigDecimal>> overrides = new TreeMap<>();
        for (String line : text.split("\n")) {
            if (line.isBlank()) continue;
            String[] sides = sides(line);
            String[] pair = sides[0].split("/", 2);
            if (pair.length < 2 || pair[0].isBlank() || pair[1].isBlank())
                throw Refused.invalid("A line looks like: user's group / used group = 0.9. This one does not: " + line);
            overrides.computeIfAbsent(pair[0].strip(), any -> new TreeMap<>()).put(pair[1].strip(), ratio(sides[1]));
        }
        return overrides;
    }

    private static String[] sides(String line) {
        String[] sides = line.split("=", 2);
        if (sides.length < 2 || sides[0].isBlank() || sides[1].isBlank())
            throw Refused.invalid("A line looks like: group = 0.9. This one does not: " + line);
        return new String[] {sides[0].strip(), sides[1].strip()};
    }

    private static BigDecimal ratio(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw Refused.invalid("“" + text + "” is not a number.");
        }
    }
}

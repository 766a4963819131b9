package io.tollbook.kernel.channel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What two terms of a channel do not have in common, field by field. Of long lists only what comes and goes is told. */
public final class ChannelDifference {
    private ChannelDifference() {}

    public static List<FieldChange> between(ChannelTerms before, ChannelTerms after) {
        List<FieldChange> changes = new ArrayList<>();
        if (before.type() != after.type()) changes.add(new FieldChange("type", type(before), type(after)));
        text(changes, "name", before.name(), after.name());
        text(changes, "base_url", before.baseUrl(), after.baseUrl());
        names(changes, "models", before.models(), after.models());
        names(changes, "groups", before.groups(), after.groups());
        text(changes, "priority", Long.toString(before.priority()), Long.toString(after.priority()));
        text(changes, "weight", Integer.toString(before.weight()), Integer.toString(after.weight()));
        text(changes, "auto_ban", yes(before.autoBan()), yes(after.autoBan()));
        text(changes, "tag", before.tag(), after.tag());
        text(changes, "remark", before.remark(), after.remark());
        text(changes, "test_model", before.testModel(), after.testModel());
        names(changes, "model_mapping", pairs(before.modelMapping()), pairs(after.modelMapping()));
        Set<String> extra = new TreeSet<>(before.extra().keySet());
        extra.addAll(after.extra().keySet());
        for (String field : extra)
            text(
                    changes,
                    field,
                    before.extra().getOrDefault(field, ""),
                    after.extra().getOrDefault(field, ""));
        return changes;
    }

    private static String type(ChannelTerms terms) {
        return ChannelType.of(terms.type()).label();
    }

    private static String yes(boolean value) {
        return value ? "on" : "off";
    }

    private static void text(List<FieldChange> changes, String field, String before, String after) {
        if (!before.equals(after)) changes.add(new FieldChange(field, before, after));
    }

    private static List<String> pairs(Map<String, String> mapping) {
        return new TreeMap<>(mapping)
                .entrySet().stream()
                        .map(pair -> pair.getKey() + " = " + pair.getValue())
                        .toList();
    }

    private static void names(List<FieldChange> changes, String field, List<String> before, List<String> after) {
        if (before.equals(after)) return;
        String gone = without(before, after);
        String came = without(after, before);
        if (gone.isEmpty() && came.isEmpty()) changes.add(new FieldChange(field, "in this order", "in another order"));
        else changes.add(new FieldChange(field, gone, came));
    }

    private static String without(Collection<String> some, Collection<String> others) {
        Set<String> left = new LinkedHashSet<>(some);
        left.removeAll(new LinkedHashSet<>(others));
        return left.stream().collect(Collectors.joining(", "));
    }
}

package io.tollbook.relay.routing;

import io.tollbook.kernel.catalogue.GroupRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the group auto stands for. */
public final class GroupChoice {
    private GroupChoice() {}

    /** The group itself; for auto the first of its list that serves the model, or its first if none does. */
    public static String serving(String group, String userGroup, String model, GroupRules rules, RoutingTable table) {
        if (!group.equals(GroupRules.AUTO)) return group;
        List<String> tried = rules.auto(userGroup);
        for (String one : tried) if (table.models(one).contains(model)) return one;
        return tried.isEmpty() ? group : tried.getFirst();
    }

    /** The models that can be called through a group; through auto those of all it tries. */
    public static Set<String> models(String group, String userGroup, GroupRules rules, RoutingTable table) {
        if (!group.equals(GroupRules.AUTO)) return table.models(group);
        Set<String> models = new TreeSet<>();
        for (String one : rules.auto(userGroup)) models.addAll(table.models(one));
        return models;
    }
}

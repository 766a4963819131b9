package io.tollbook.relay.routing;

import io.tollbook.kernel.catalogue.GroupRules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the group auto stands for. */
public final class GroupChoice {
    private GroupChoice() {}

    /**
     * The groups that may serve a call, in the order in which they are tried; at least one. A group itself; for auto those of its
     * list that have the model, or its first if none has.
     *
     * @param goesOn whether a call that fails in one of auto's groups may go on to the next, rather than stay in the first
     */
    public static List<String> serving(
            String group, String userGroup, String model, boolean goesOn, GroupRules rules, RoutingTable table) {
        if (!group.equals(GroupRules.AUTO)) return List.of(group);
        List<String> all = rules.auto(userGroup);
        List<String> serving =
                all.stream().filter(one -> table.models(one).contains(model)).toList();
        if (serving.isEmpty()) return List.of(all.isEmpty() ? group : all.getFirst());
        return goesOn ? serving : List.of(serving.getFirst());
    }

    /** The models that can be called through a group; through auto those of all it tries. */
    public static Set<String> models(String group, String userGroup, GroupRules rules, RoutingTable table) {
        if (!group.equals(GroupRules.AUTO)) return table.models(group);
        Set<String> models = new TreeSet<>();
        for (String one : rules.auto(userGroup)) models.addAll(table.models(one));
        return models;
    }
}

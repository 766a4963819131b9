package io.tollbook.command.catalogue;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.ModelId;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.VendorId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The descriptions of the catalogue, each name once. */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
final class Descriptions {
    private static final int MODELS_MAX = 20_000;
    /** Each call is compared with all of them. */
    private static final int RULES_MAX = 1_000;

    private Map<Long, ModelDescription> models = new HashMap<>();
    private Map<String, ModelId> byName = new HashMap<>();
    private long last;
    private int rules;

    long last() {
        return last;
    }

    @Nullable
    ModelDescription get(ModelId model) {
        return models.get(model.value());
    }

    long of(VendorId vendor) {
        return models.values().stream()
                .filter(model -> vendor.equals(model.vendor()))
                .count();
    }

    /** @throws Refused for a name that would be there twice, or for more than there is room for */
    void check(List<ModelChange> changes) {
        Set<ModelId> changed = new HashSet<>();
        Set<String> names = new HashSet<>();
        int size = models.size();
        int rulesAfter = rules;
        for (ModelChange change : changes) {
            if (!changed.add(change.model())) throw Refused.invalid("A model is described twice in one change.");
            size += (change.after() == null ? 0 : 1) - (change.before() == null ? 0 : 1);
            rulesAfter += rules(change.after()) - rules(change.before());
        }
        for (ModelChange change : changes) {
            if (change.after() == null) continue;
            String name = change.after().name();
            ModelId holder = byName.get(name);
            if (!names.add(name) || holder != null && !changed.contains(holder))
                throw Refused.invalid("The model " + name + " is described already.");
        }
        if (size > MODELS_MAX) throw Refused.invalid("The catalogue has room for 20,000 descriptions.");
        if (rulesAfter > RULES_MAX)
            throw Refused.invalid("The catalogue has room for 1,000 descriptions with another rule than exact.");
    }

    private static int rules(@Nullable ModelDescription description) {
        return description != null && description.rule() != NameRule.EXACT ? 1 : 0;
    }

    void put(List<ModelChange> changes) {
        for (ModelChange change : changes)
            if (change.before() != null) byName.remove(change.before().name(), change.model());
        for (ModelChange change : changes) {
            rules += rules(change.after()) - rules(change.before());
            last = Math.max(last, change.model().value());
            if (change.after() == null) models.remove(change.model().value());
            else {
                models.put(change.model().value(), change.after());
                byName.put(change.after().name(), change.model());
            }
        }
    }
}

package io.tollbook.console.catalogue;

import io.tollbook.kernel.catalogue.ModelChange;
import io.tollbook.kernel.catalogue.ModelDescription;
import io.tollbook.kernel.catalogue.NameRule;
import io.tollbook.kernel.catalogue.VendorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a change of descriptions changes, in words. */
final class ChangeWords {
    private final Map<VendorId, String> vendors;

    ChangeWords(Map<VendorId, String> vendors) {
        this.vendors = vendors;
    }

    static String name(ModelChange change) {
        ModelDescription one = change.after() != null ? change.after() : change.before();
        return one == null ? "" : one.name();
    }

    static String rule(NameRule rule) {
        return switch (rule) {
            case EXACT -> "exact";
            case PREFIX -> "prefix";
            case CONTAINS -> "contains";
            case SUFFIX -> "suffix";
        };
    }

    /** One short phrase for each field that differs. */
    List<String> of(@Nullable ModelDescription before, @Nullable ModelDescription after) {
        if (before == null && after == null) return List.of();
        if (before == null) return List.of(after.enabled() ? "described" : "described, disabled");
        if (after == null) return List.of("removed from the catalogue");
        List<String> words = new ArrayList<>();
        if (!before.name().equals(after.name())) words.add("name: " + before.name() + " → " + after.name());
        if (before.rule() != after.rule()) words.add("rule: " + rule(before.rule()) + " → " + rule(after.rule()));
        if (before.enabled() != after.enabled())
            words.add(after.enabled() ? "disabled → enabled" : "enabled → disabled");
        if (!Objects.equals(before.vendor(), after.vendor()))
            words.add("vendor: " + vendor(before.vendor()) + " → " + vendor(after.vendor()));
        if (!before.tags().equals(after.tags())) words.add("tags: " + tags(before.tags()) + " → " + tags(after.tags()));
        if (!before.description().equals(after.description())) words.add("description changed");
        if (!before.icon().equals(after.icon())) words.add("icon changed");
        if (!before.endpoints().equals(after.endpoints())) words.add("endpoints changed");
        if (before.synced() != after.synced())
            words.add(after.synced() ? "open to synchronisation" : "kept from synchronisation");
        return words;
    }

    private String vendor(@Nullable VendorId vendor) {
        return vendor == null ? "none" : vendors.getOrDefault(vendor, "vendor " + vendor);
    }

    private static String tags(List<String> tags) {
        return tags.isEmpty() ? "none" : String.join(", ", tags);
    }
}

package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.pricing.ModelPrice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that is served or described, or a rule for the names of several.
 *
 * @param name of the model, or what the rule looks for
 * @param own the description of this very name; null if it has none
 * @param told what is told of it, by its own description or by a rule's; null if nothing is
 * @param price null if it has none
 * @param channels how many enabled channels serve it
 * @param groups whom they serve it to
 * @param matched served models that the rule fits; empty for a single model
 */
public record ModelRow(
        String name,
        @Nullable DescribedModel own,
        @Nullable DescribedModel told,
        @Nullable ModelPrice price,
        int channels,
        List<String> groups,
        List<String> matched) {
    public boolean isRule() {
        return own != null && own.description().rule() != NameRule.EXACT;
    }

    /** Served, and nothing is told of it. */
    public boolean isMissing() {
        return told == null;
    }

    /** Served, and nobody can call it because it costs nothing that is known. */
    public boolean isUnpriced() {
        return !isRule() && channels > 0 && price == null;
    }

    public boolean isDisabled() {
        return told != null && !told.description().enabled();
    }

    /** What needs somebody's care comes first. */
    public int urgency() {
        if (isUnpriced() && isMissing()) return 0;
        if (isUnpriced()) return 1;
        return isMissing() ? 2 : 3;
    }
}

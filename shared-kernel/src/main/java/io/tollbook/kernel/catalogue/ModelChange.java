package io.tollbook.kernel.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * One description before and after a change.
 *
 * @param before null if there was none
 * @param after null if there is none any more
 */
public record ModelChange(
        ModelId model,
        @Nullable ModelDescription before,
        @Nullable ModelDescription after) {
    public ModelChange reversed() {
        return new ModelChange(model, after, before);
    }
}

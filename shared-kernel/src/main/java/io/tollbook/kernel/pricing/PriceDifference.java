package io.tollbook.kernel.pricing;

import org.jspecify.annotations.Nullable;

/**
 * One field of one model's price that another site tells otherwise.
 *
 * @param field as the management API's maps name it: {@code model_ratio}
 * @param current ours; null if we have none
 * @param offered theirs
 * @param confident whether theirs is not what sites say of a model they do not know
 */
public record PriceDifference(
        String model, String field, @Nullable String current, String offered, boolean confident) {}

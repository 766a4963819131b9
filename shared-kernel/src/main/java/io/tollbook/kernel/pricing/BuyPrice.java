package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refused;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a provider takes for a model, or for many.
 *
 * @param model its name at the provider or with us; with a star at its end, all that begin so; a star alone for every model
 * @param price a price of its own, in the same ratios as a sell price
 * @param factor what it takes of our own price before any group's ratio; null exactly where there is a price
 */
public record BuyPrice(
        BuyScope scope,
        String model,
        @Nullable ModelPrice price,
        @Nullable BigDecimal factor) {
    /** Every model. */
    public static final String ALL_MODELS = "*";

    private static final int MODEL_MAX = 255;

    public BuyPrice {
        if (scope == null) throw Refused.invalid("A buy price says which channels it is for.");
        model = model == null ? "" : model.strip();
        if (model.isEmpty() || model.length() > MODEL_MAX || model.codePoints().anyMatch(Character::isISOControl))
            throw Refused.invalid("A buy price names a model in 1 to " + MODEL_MAX + " characters, or * for all.");
        if (model.indexOf('*') >= 0 && model.indexOf('*') < model.length() - 1)
            throw Refused.invalid("A star stands at the end of a name only: " + model + ".");
        if ((price == null) == (factor == null))
            throw Refused.invalid(model + " is bought either at a price or at a part of the sell price.");
        ModelPrice.check("part of the sell price for " + model, factor);
    }

    public static BuyPrice at(BuyScope scope, String model, ModelPrice price) {
        return new BuyPrice(scope, model, price, null);
    }

    public static BuyPrice of(BuyScope scope, String model, BigDecimal factor) {
        return new BuyPrice(scope, model, null, factor);
    }

    /** How well it fits a name: the longer the better, a whole name best; below 0 if it does not. */
    int fits(String name) {
        if (!model.endsWith("*")) return model.equals(name) ? Integer.MAX_VALUE : -1;
        return name.startsWith(model.substring(0, model.length() - 1)) ? model.length() : -1;
    }
}

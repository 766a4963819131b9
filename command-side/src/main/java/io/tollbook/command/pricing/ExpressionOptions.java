package io.tollbook.command.pricing;

import io.tollbook.kernel.Refused;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.expression.Expression;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The two maps of the management API that price models by expression. A document knows no expression that is switched off:
 * the texts are written first, and a model whose mode is another than {@link #MODE} has lost its text.
 */
final class ExpressionOptions {
    static final String MODE = "tiered_expr";

    private ExpressionOptions() {}

    static Map<String, ModelPrice> withExpressions(Map<String, ModelPrice> before, JsonNode map) {
        Map<String, ModelPrice> after = new HashMap<>();
        before.forEach((model, price) -> {
            if (map.path(model).isMissingNode()) keepWithout(after, model, price);
        });
        map.properties().forEach(entry -> {
            String model = entry.getKey();
            ModelPrice price = before.get(model);
            if (!entry.getValue().isString()) throw Refused.invalid("The expression of " + model + " must be a text.");
            String text = entry.getValue().asString();
            if (text.isBlank()) {
                if (price != null) keepWithout(after, model, price);
            } else after.put(model, priced(model, price, text));
        });
        return after;
    }

    private static ModelPrice priced(String model, @Nullable ModelPrice price, String text) {
        try {
            Expression expression = Expression.of(text);
            if (price != null) return price.withExpression(expression);
            return SeedPrices.USUAL.withExpression(expression).pricedBy(null, null, null, Map.of());
        } catch (Refused refused) {
            throw Refused.invalid(model + ": " + refused.getMessage());
        }
    }

    static Map<String, ModelPrice> withModes(Map<String, ModelPrice> before, JsonNode map) {
        map.properties().forEach(entry -> {
            String mode = entry.getValue().asString("");
            if (!mode.equals(MODE) && !mode.equals("ratio"))
                throw Refused.invalid("The billing mode of " + entry.getKey() + " must be ratio or " + MODE + ".");
            ModelPrice price = before.get(entry.getKey());
            if (mode.equals(MODE) && (price == null || price.expression() == null))
                throw Refused.invalid(
                        entry.getKey() + " has no expression yet. Set it in billing_setting.billing_expr first.");
        });
        Map<String, ModelPrice> after = new HashMap<>();
        before.forEach((model, price) -> {
            if (map.path(model).asString("").equals(MODE)) after.put(model, price);
            else keepWithout(after, model, price);
        });
        return after;
    }

    private static void keepWithout(Map<String, ModelPrice> after, String model, ModelPrice price) {
        if (price.expression() == null) after.put(model, price);
        else if (hasAnother(price)) after.put(model, price.withExpression(null));
    }

    private static boolean hasAnother(ModelPrice price) {
        return price.inputRatio() != null
                || price.perCall() != null
                || price.perSecond() != null
                || !price.perPicture().isEmpty();
    }
}

package io.tollbook.console.pricing;

import io.tollbook.console.page.Amounts;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PricedBy;
import java.math.BigDecimal;
import java.util.Objects;

/** A price in a few words. */
public final class PriceWords {
    private PriceWords() {}

    public static String of(ModelPrice price) {
        return switch (PricedBy.of(price)) {
            case CALL -> "$" + Amounts.decimal(price.perCall()) + " a call";
            case SECOND -> "$" + Amounts.decimal(price.perSecond()) + " a second";
            case PICTURE -> price.perPicture().size() + " prices of pictures";
            case EXPRESSION -> String.valueOf(price.expression());
            case TOKENS -> perToken(price);
        };
    }

    private static String perToken(ModelPrice price) {
        BigDecimal input = Rates.usd(Objects.requireNonNull(price.inputRatio()));
        return "$" + Amounts.decimal(input) + " in, $" + Amounts.decimal(input.multiply(price.completionRatio()))
                + " out" + (price.own() == null ? "" : ", other tokens of their own")
                + (price.tiers().isEmpty() ? "" : ", " + price.tiers().size() + " for long prompts");
    }
}

package io.tollbook.console.pricing;

import io.tollbook.console.page.Amounts;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PricedBy;
import io.tollbook.kernel.settings.DisplayCurrency;
import java.math.BigDecimal;
import java.util.Comparator;

/**
 * How prices are shown: as ratios or in a currency, for a million tokens or for a thousand.
 *
 * @param ratios whether tokens are shown as ratios
 */
record Tariff(DisplayCurrency currency, boolean ratios, boolean perThousand) {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    /** The price of one kind of token for a group. */
    String tokens(ModelPrice price, Meter meter, BigDecimal factor) {
        BigDecimal input = price.inputRatio() == null ? BigDecimal.ZERO : price.inputRatio();
        BigDecimal ratio = input.multiply(price.ratio(meter)).multiply(factor);
        if (ratios) return Amounts.decimal(ratio);
        BigDecimal perMillion = Rates.usd(ratio);
        return currency.of(perThousand ? perMillion.divide(THOUSAND) : perMillion);
    }

    /** The price of a call, a second or the cheapest picture. */
    String piece(ModelPrice price, BigDecimal factor) {
        BigDecimal dollars = switch (PricedBy.of(price)) {
            case CALL -> price.perCall();
            case SECOND -> price.perSecond();
            default ->
                price.perPicture().values().stream()
                        .min(Comparator.naturalOrder())
                        .orElse(null);
        };
        return money(dollars == null ? BigDecimal.ZERO : dollars, factor);
    }

    String money(BigDecimal dollars, BigDecimal factor) {
        return currency.of(dollars.multiply(factor));
    }

    /** What the figures of tokens are for. */
    String unit() {
        if (ratios) return "as a ratio: 1 is " + currency.of(BigDecimal.TWO) + " per 1M tokens";
        return perThousand ? "per 1K tokens" : "per 1M tokens";
    }

    static String pieceName(PricedBy by) {
        return switch (by) {
            case CALL -> "a call";
            case SECOND -> "a second";
            case PICTURE -> "a picture";
            default -> "";
        };
    }

    /** In a word or two, for marks and filters. */
    static String kind(PricedBy by) {
        return switch (by) {
            case TOKENS -> "Tokens";
            case CALL -> "Per call";
            case SECOND -> "Per second";
            case PICTURE -> "Per picture";
            case EXPRESSION -> "Formula";
        };
    }
}

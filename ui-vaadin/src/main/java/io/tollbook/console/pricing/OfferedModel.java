package io.tollbook.console.pricing;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceList;
import io.tollbook.kernel.pricing.PriceList.Offer;
import io.tollbook.kernel.pricing.PricedBy;
import io.tollbook.kernel.pricing.expression.Circumstances;
import io.tollbook.kernel.pricing.expression.Fraction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model with the price it is shown at.
 *
 * @param group the group whose price it is
 * @param factor that group's, for this viewer
 * @param sample quota for a call of 1,000 tokens in and 500 out, which makes models of every kind comparable
 */
record OfferedModel(Offer offer, ModelPrice price, String group, BigDecimal factor, Fraction sample) {
    private static final Meters SAMPLE = new Meters(Map.of(Meter.INPUT, 1_000L, Meter.OUTPUT, 500L));

    /** @param wanted the group that was asked for; null for the viewer's own, or the cheapest where that is not open */
    static OfferedModel of(PriceList prices, Offer offer, @Nullable String wanted, Instant now) {
        String group = wanted != null && offer.groups().contains(wanted)
                ? wanted
                : offer.groups().contains(prices.userGroup()) ? prices.userGroup() : cheapest(prices, offer);
        BigDecimal factor = prices.prices().groupRatio(prices.userGroup(), group);
        return new OfferedModel(
                offer,
                prices.price(offer),
                group,
                factor,
                prices.prices()
                        .explain(offer.model(), factor, SAMPLE, Circumstances.at(now))
                        .exact());
    }

    private static String cheapest(PriceList prices, Offer offer) {
        return offer.groups().stream()
                .min(Comparator.comparing(group -> prices.prices().groupRatio(prices.userGroup(), group)))
                .orElseThrow();
    }

    PricedBy by() {
        return PricedBy.of(price);
    }

    boolean names(String part) {
        String text = offer.model() + " " + offer.vendor() + " " + offer.description() + " " + offer.tags();
        return text.toLowerCase(Locale.ROOT).contains(part);
    }
}

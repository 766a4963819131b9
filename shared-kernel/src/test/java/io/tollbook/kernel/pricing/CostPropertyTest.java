package io.tollbook.kernel.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.channel.ChannelTerms;
import io.tollbook.kernel.pricing.expression.Circumstances;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** 200,000 random calls under 1,000 random buy prices; jqwik prints the seed of one that fails. */
class CostPropertyTest {
    private static final int CALLS = 200;

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void twoImplementationsAgree(@ForAll long seed) {
        RandomPrices prices = new RandomPrices(seed);
        ModelPrice price = prices.document.models().get(RandomPrices.MODEL);
        Costing own = costing(BuyPrice.at(BuyScope.ALL, "*", price), prices.document.tools());
        Costing part = costing(BuyPrice.of(BuyScope.ALL, "*", prices.group), Map.of());
        // The group's ratio of the sale is of no concern to the provider.
        Charging sell = prices.document.charging(RandomPrices.MODEL, new BigDecimal("7.5"));
        for (int i = 0; i < CALLS; i++) {
            Map<Meter, Long> counts = prices.request();
            Meters meters = new Meters(counts);

            check(part.nanoUsd(meters, Circumstances.NONE, sell), prices.plain.cost(counts, prices.group), counts);

            OptionalLong cost = own.nanoUsd(meters, Circumstances.NONE, sell);
            boolean isKnown = Tools.meters().stream()
                    .allMatch(tool -> meters.of(tool) == 0
                            || Tools.price(prices.document.tools(), tool, RandomPrices.MODEL) != null);
            if (isKnown) check(cost, prices.plain.cost(counts, BigDecimal.ONE), counts);
            else assertThat(cost).as("tools of %s", counts).isEmpty();
        }
    }

    private static Costing costing(BuyPrice price, Map<String, BigDecimal> tools) {
        ChannelTerms terms = BuyPriceDocumentTest.terms(1, "");
        return new BuyPriceDocument(List.of(price), tools, null)
                .costing(1, 1, terms, RandomPrices.MODEL, RandomPrices.MODEL)
                .orElseThrow();
    }

    private static void check(OptionalLong cost, long plain, Map<Meter, Long> counts) {
        if (cost.isEmpty() || cost.getAsLong() != plain)
            assertThat(cost).as("%s", counts).hasValue(plain);
    }
}

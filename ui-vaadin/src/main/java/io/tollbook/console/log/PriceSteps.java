package io.tollbook.console.log;

import io.tollbook.console.pricing.ChargeSteps;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.pricing.Charge;
import io.tollbook.kernel.pricing.PriceDocument;
import io.tollbook.kernel.pricing.expression.Circumstances;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a charge came about, step by step, under the price version it was made with.
 *
 * @param proven whether the steps lead to the very amount that was charged
 */
record PriceSteps(List<ChargeSteps.Step> steps, boolean proven) {
    static Optional<PriceSteps> of(LogRow row, PriceDocument prices) {
        return prices.price(row.model()).map(price -> {
            Charge charge = charge(row, prices);
            return new PriceSteps(ChargeSteps.of(charge), charge.result().equals(row.quota()));
        });
    }

    /** The row does not name the user's own group, which may have an override: the ratio is the one that gives the charge. */
    private static Charge charge(LogRow row, PriceDocument prices) {
        Set<BigDecimal> candidates = new LinkedHashSet<>();
        candidates.add(prices.groups().getOrDefault(row.group(), BigDecimal.ONE));
        for (Map<String, BigDecimal> overrides : prices.groupOverrides().values())
            if (overrides.containsKey(row.group())) candidates.add(overrides.get(row.group()));
        Circumstances then = Circumstances.at(row.at().minusMillis(Math.max(0, row.totalMillis())));
        List<Charge> charges = candidates.stream()
                .map(ratio -> prices.explain(row.model(), ratio, row.meters(), then))
                .toList();
        return charges.stream()
                .filter(charge -> charge.result().equals(row.quota()))
                .findFirst()
                .orElse(charges.getFirst());
    }
}

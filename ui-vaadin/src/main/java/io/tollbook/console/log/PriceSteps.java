package io.tollbook.console.log;

import io.tollbook.console.page.Amounts;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.log.LogRow;
import io.tollbook.kernel.pricing.ModelPrice;
import io.tollbook.kernel.pricing.PriceDocument;
import java.math.BigDecimal;
import java.util.ArrayList;
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
record PriceSteps(List<Step> steps, boolean proven) {
    /** One line of the sum. */
    record Step(String what, String sum, String result) {}

    static Optional<PriceSteps> of(LogRow row, PriceDocument prices) {
        return prices.price(row.model()).map(price -> {
            BigDecimal groupRatio = groupRatio(row, prices);
            List<Step> steps = new ArrayList<>();
            BigDecimal exact = price.perCall() != null
                    ? perCall(price.perCall(), groupRatio, steps)
                    : perToken(row, price, groupRatio, steps);
            Quota charged = prices.charge(row.model(), groupRatio, row.meters());
            steps.add(new Step(
                    "Charged",
                    "rounded once, " + roundingName(prices),
                    Amounts.number(charged.units()) + " quota = " + Amounts.usd(charged)));
            assert exact.signum() >= 0;
            return new PriceSteps(steps, charged.equals(row.quota()));
        });
    }

    private static BigDecimal perCall(BigDecimal perCall, BigDecimal groupRatio, List<Step> steps) {
        BigDecimal exact =
                perCall.multiply(BigDecimal.valueOf(Quota.UNITS_PER_USD)).multiply(groupRatio);
        steps.add(new Step("One call", "$" + Amounts.decimal(perCall), ""));
        steps.add(new Step("× group", Amounts.decimal(groupRatio), Amounts.decimal(exact) + " quota"));
        return exact;
    }

    private static BigDecimal perToken(LogRow row, ModelPrice price, BigDecimal groupRatio, List<Step> steps) {
        BigDecimal weighted = BigDecimal.ZERO;
        for (Map.Entry<Meter, Long> count : row.meters().counts().entrySet()) {
            BigDecimal factor = factor(count.getKey(), price);
            if (factor.signum() == 0) continue;
            BigDecimal part = BigDecimal.valueOf(count.getValue()).multiply(factor);
            weighted = weighted.add(part);
            steps.add(new Step(
                    meterName(count.getKey()),
                    Amounts.number(count.getValue()) + " × " + Amounts.decimal(factor),
                    Amounts.decimal(part)));
        }
        BigDecimal exact = weighted.multiply(price.inputRatio()).multiply(groupRatio);
        steps.add(new Step("Together", "in input tokens", Amounts.decimal(weighted)));
        steps.add(new Step("× model ratio", Amounts.decimal(price.inputRatio()), ""));
        steps.add(new Step("× group ratio", Amounts.decimal(groupRatio), Amounts.decimal(exact) + " quota"));
        return exact;
    }

    /** What a token of this meter weighs, in input tokens. */
    private static BigDecimal factor(Meter meter, ModelPrice price) {
        return switch (meter) {
            case INPUT, AUDIO_INPUT, IMAGE_INPUT -> BigDecimal.ONE;
            case OUTPUT, REASONING, AUDIO_OUTPUT, IMAGE_OUTPUT -> price.completionRatio();
            case CACHE_READ -> price.cacheReadRatio();
            case CACHE_WRITE_5M -> price.cacheWriteRatio();
            case CACHE_WRITE_1H -> price.cacheWriteHourRatio();
            case WEB_SEARCH, FILE_SEARCH -> BigDecimal.ZERO;
        };
    }

    /** The row does not name the user's own group, which may have an override: the ratio is the one that gives the charge. */
    private static BigDecimal groupRatio(LogRow row, PriceDocument prices) {
        Set<BigDecimal> candidates = new LinkedHashSet<>();
        candidates.add(prices.groups().getOrDefault(row.group(), BigDecimal.ONE));
        for (Map<String, BigDecimal> overrides : prices.groupOverrides().values())
            if (overrides.containsKey(row.group())) candidates.add(overrides.get(row.group()));
        return candidates.stream()
                .filter(ratio -> prices.charge(row.model(), ratio, row.meters()).equals(row.quota()))
                .findFirst()
                .orElse(candidates.iterator().next());
    }

    private static String roundingName(PriceDocument prices) {
        return switch (prices.rounding()) {
            case HALF_AWAY_FROM_ZERO -> "half up";
            case UP -> "up";
        };
    }

    static String meterName(Meter meter) {
        return switch (meter) {
            case INPUT -> "Input";
            case CACHE_READ -> "Cache read";
            case CACHE_WRITE_5M -> "Cache write, 5 min";
            case CACHE_WRITE_1H -> "Cache write, 1 h";
            case OUTPUT -> "Output";
            case REASONING -> "Thinking";
            case AUDIO_INPUT -> "Audio input";
            case AUDIO_OUTPUT -> "Audio output";
            case IMAGE_INPUT -> "Image input";
            case IMAGE_OUTPUT -> "Image output";
            case WEB_SEARCH -> "Web searches";
            case FILE_SEARCH -> "File searches";
        };
    }
}

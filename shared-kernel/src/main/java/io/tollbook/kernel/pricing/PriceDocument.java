package io.tollbook.kernel.pricing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that decides what a call costs, as one immutable document.
 *
 * @param models by the name clients ask for
 * @param groups group to factor; a group without one costs 1
 * @param groupOverrides user's group to used group to the factor that replaces the group's own
 * @param rounding the one rounding of a charge
 * @param defaultMaxOutputTokens the most an answer can be where neither client nor model says
 */
public record PriceDocument(
        Map<String, ModelPrice> models,
        Map<String, BigDecimal> groups,
        Map<String, Map<String, BigDecimal>> groupOverrides,
        Rounding rounding,
        int defaultMaxOutputTokens) {
    public PriceDocument {
        models = Map.copyOf(models);
        groups = Map.copyOf(groups);
        groupOverrides = Map.copyOf(groupOverrides);
        groups.forEach((group, ratio) -> ModelPrice.check("ratio of group " + group, ratio));
        groupOverrides.forEach((userGroup, ratios) ->
                ratios.forEach((group, ratio) -> ModelPrice.check("ratio of group " + group, ratio)));
        if (defaultMaxOutputTokens < 1 || defaultMaxOutputTokens > 10_000_000)
            throw Refused.invalid("The default longest answer must lie between 1 and 10,000,000 tokens.");
    }

    public Optional<ModelPrice> price(String model) {
        return Optional.ofNullable(models.get(model));
    }

    /** The factor for a call: the override for the user's own group, else the used group's, else 1. */
    public BigDecimal groupRatio(String userGroup, String group) {
        BigDecimal override = groupOverrides.getOrDefault(userGroup, Map.of()).get(group);
        return override != null ? override : groups.getOrDefault(group, BigDecimal.ONE);
    }

    /** The longest answer to reckon with. */
    @JsonIgnore
    public int maxOutputTokens(String model) {
        ModelPrice price = models.get(model);
        return price != null && price.maxOutputTokens() != null ? price.maxOutputTokens() : defaultMaxOutputTokens;
    }

    /**
     * What a call costs: exact until one rounding, at least 1 where the price is above zero and anything was counted, and
     * at most {@link Quota#MAX}.
     *
     * @throws Refused NO_PRICE
     */
    public Quota charge(String model, BigDecimal groupRatio, Meters meters) {
        ModelPrice price = price(model).orElseThrow(() -> new Refused(Refusal.NO_PRICE));
        if (meters.isEmpty()) return Quota.ZERO;
        BigDecimal exact;
        if (price.perCall() != null) {
            exact = price.perCall()
                    .multiply(BigDecimal.valueOf(Quota.UNITS_PER_USD))
                    .multiply(groupRatio);
        } else {
            BigDecimal in = BigDecimal.valueOf(
                    meters.of(Meter.INPUT) + meters.of(Meter.AUDIO_INPUT) + meters.of(Meter.IMAGE_INPUT));
            BigDecimal out = BigDecimal.valueOf(meters.completionTokens());
            BigDecimal weighted = in.add(out.multiply(price.completionRatio()))
                    .add(part(meters, Meter.CACHE_READ, price.cacheReadRatio()))
                    .add(part(meters, Meter.CACHE_WRITE_5M, price.cacheWriteRatio()))
                    .add(part(meters, Meter.CACHE_WRITE_1H, price.cacheWriteHourRatio()));
            exact = weighted.multiply(price.inputRatio()).multiply(groupRatio);
        }
        if (exact.signum() == 0) return Quota.ZERO;
        return Quota.of(Math.max(1, capped(exact.setScale(0, rounding.mode()))));
    }

    /**
     * The most a call can cost: every prompt token at the dearest of the prices it could get, and the longest answer.
     *
     * @throws Refused NO_PRICE
     */
    public Quota worstCase(String model, BigDecimal groupRatio, long promptTokens, long outputTokens) {
        ModelPrice price = price(model).orElseThrow(() -> new Refused(Refusal.NO_PRICE));
        if (price.perCall() != null) return charge(model, groupRatio, new Meters(Map.of(Meter.OUTPUT, 1L)));
        BigDecimal dearest = BigDecimal.ONE
                .max(price.cacheReadRatio())
                .max(price.cacheWriteRatio())
                .max(price.cacheWriteHourRatio());
        BigDecimal exact = BigDecimal.valueOf(promptTokens)
                .multiply(dearest)
                .add(BigDecimal.valueOf(outputTokens).multiply(price.completionRatio()))
                .multiply(price.inputRatio())
                .multiply(groupRatio);
        return Quota.of(capped(exact.setScale(0, java.math.RoundingMode.UP)));
    }

    /** No call costs more than the largest grant, so no price, however absurd, can break an account's arithmetic. */
    private static long capped(BigDecimal whole) {
        return whole.min(BigDecimal.valueOf(Quota.MAX.units())).longValueExact();
    }

    private static BigDecimal part(Meters meters, Meter meter, BigDecimal ratio) {
        long count = meters.of(meter);
        return count == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(count).multiply(ratio);
    }
}

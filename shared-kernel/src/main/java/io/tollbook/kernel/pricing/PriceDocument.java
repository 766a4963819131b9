package io.tollbook.kernel.pricing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.account.Quota;
import io.tollbook.kernel.pricing.expression.Circumstances;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a call costs, as one immutable document.
 *
 * @param models by the name clients ask for
 * @param groups group to factor; a group without one costs 1
 * @param groupOverrides user's group to used group to the factor that replaces the group's own
 * @param rounding the one rounding of a charge
 * @param defaultMaxOutputTokens the most an answer can be where neither client nor model says
 * @param tools USD for a thousand uses of a tool, by {@code tool} or {@code tool:model*}; the longest name that fits counts
 * @param effectiveFrom when it comes into force; null for when it is published
 */
public record PriceDocument(
        Map<String, ModelPrice> models,
        Map<String, BigDecimal> groups,
        Map<String, Map<String, BigDecimal>> groupOverrides,
        Rounding rounding,
        int defaultMaxOutputTokens,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, BigDecimal> tools,
        @Nullable Instant effectiveFrom) {
    public PriceDocument {
        models = Map.copyOf(models);
        groups = Map.copyOf(groups);
        groupOverrides = Map.copyOf(groupOverrides);
        // Documents of before do not say these.
        tools = tools == null ? Map.of() : Map.copyOf(tools);
        groups.forEach((group, ratio) -> ModelPrice.check("ratio of group " + group, ratio));
        groupOverrides.forEach((userGroup, ratios) ->
                ratios.forEach((group, ratio) -> ModelPrice.check("ratio of group " + group, ratio)));
        if (defaultMaxOutputTokens < 1 || defaultMaxOutputTokens > 10_000_000)
            throw Refused.invalid("The default longest answer must lie between 1 and 10,000,000 tokens.");
        Tools.check(tools);
    }

    public PriceDocument(
            Map<String, ModelPrice> models,
            Map<String, BigDecimal> groups,
            Map<String, Map<String, BigDecimal>> groupOverrides,
            Rounding rounding,
            int defaultMaxOutputTokens) {
        this(models, groups, groupOverrides, rounding, defaultMaxOutputTokens, Map.of(), null);
    }

    public PriceDocument withModels(Map<String, ModelPrice> changed) {
        return new PriceDocument(
                changed, groups, groupOverrides, rounding, defaultMaxOutputTokens, tools, effectiveFrom);
    }

    public PriceDocument withGroups(Map<String, BigDecimal> changed) {
        return new PriceDocument(
                models, changed, groupOverrides, rounding, defaultMaxOutputTokens, tools, effectiveFrom);
    }

    public PriceDocument withGroupOverrides(Map<String, Map<String, BigDecimal>> changed) {
        return new PriceDocument(models, groups, changed, rounding, defaultMaxOutputTokens, tools, effectiveFrom);
    }

    public PriceDocument withTools(Map<String, BigDecimal> changed) {
        return new PriceDocument(
                models, groups, groupOverrides, rounding, defaultMaxOutputTokens, changed, effectiveFrom);
    }

    /** @param moment null for when it is published */
    public PriceDocument from(@Nullable Instant moment) {
        return new PriceDocument(models, groups, groupOverrides, rounding, defaultMaxOutputTokens, tools, moment);
    }

    /**
     * When it comes into force.
     *
     * @param publishedAt when it is or was published
     */
    Instant inForceFrom(Instant publishedAt) {
        return effectiveFrom == null ? publishedAt : effectiveFrom;
    }

    public Optional<ModelPrice> price(String model) {
        ModelPrice price = models.get(model);
        return price != null ? Optional.of(price) : ModelNames.shared(model).map(models::get);
    }

    /** What this model's calls pay for tools that cost anything: USD for a thousand uses. */
    public Map<Meter, BigDecimal> toolPrices(String model) {
        Map<Meter, BigDecimal> priced = new EnumMap<>(Meter.class);
        for (Meter meter : Tools.meters()) {
            BigDecimal dollars = Tools.price(tools, meter, model);
            if (dollars != null && dollars.signum() > 0) priced.put(meter, dollars);
        }
        return priced;
    }

    /** Whether another document charges a model's calls for these groups as this one does. */
    public boolean chargesAlike(PriceDocument other, String model, String userGroup, Collection<String> used) {
        return price(model).equals(other.price(model))
                && rounding == other.rounding
                && toolPrices(model).equals(other.toolPrices(model))
                && used.stream()
                        .allMatch(group ->
                                groupRatio(userGroup, group).compareTo(other.groupRatio(userGroup, group)) == 0);
    }

    /** The factor for a call: the override for the user's own group, else the used group's, else 1. */
    public BigDecimal groupRatio(String userGroup, String group) {
        BigDecimal override = groupOverrides.getOrDefault(userGroup, Map.of()).get(group);
        return override != null ? override : groups.getOrDefault(group, BigDecimal.ONE);
    }

    /**
     * What somebody may know of this who calls these models for these groups: nothing of it is about others. It charges them
     * what the whole document does.
     *
     * @param userGroup the group they are in
     */
    public PriceDocument only(Collection<String> offered, String userGroup, Collection<String> usable) {
        Map<String, ModelPrice> prices = new HashMap<>();
        for (String model : offered) {
            String name =
                    models.containsKey(model) ? model : ModelNames.shared(model).orElse(model);
            if (models.containsKey(name)) prices.put(name, models.get(name));
        }
        Map<String, BigDecimal> ratios = new HashMap<>(groups);
        ratios.keySet().retainAll(usable);
        Map<String, BigDecimal> own = new HashMap<>(groupOverrides.getOrDefault(userGroup, Map.of()));
        own.keySet().retainAll(usable);
        return new PriceDocument(
                prices,
                ratios,
                own.isEmpty() ? Map.of() : Map.of(userGroup, own),
                rounding,
                defaultMaxOutputTokens,
                Tools.of(tools, offered),
                effectiveFrom);
    }

    /** The longest answer to reckon with. */
    @JsonIgnore
    public int maxOutputTokens(String model) {
        return price(model).map(ModelPrice::maxOutputTokens).orElse(defaultMaxOutputTokens);
    }

    /**
     * One model's price, for whoever asks for it more than once.
     *
     * @throws Refused NO_PRICE
     */
    public Charging charging(String model, BigDecimal groupRatio) {
        return new Charging(this, model, groupRatio);
    }

    public Quota charge(String model, BigDecimal groupRatio, Meters meters) {
        return charge(model, groupRatio, meters, Circumstances.NONE);
    }

    /**
     * What a call costs: exact until one rounding, at least 1 where the price is above zero and anything was counted, and
     * at most {@link Quota#MAX}.
     *
     * @throws Refused NO_PRICE
     */
    public Quota charge(String model, BigDecimal groupRatio, Meters meters, Circumstances circumstances) {
        return new Charging(this, model, groupRatio).charge(meters, circumstances);
    }

    /**
     * The same charge with every step that leads to it.
     *
     * @throws Refused NO_PRICE
     */
    public Charge explain(String model, BigDecimal groupRatio, Meters meters, Circumstances circumstances) {
        return new Charging(this, model, groupRatio).explain(meters, circumstances);
    }

    public Quota worstCase(String model, BigDecimal groupRatio, long promptTokens, long outputTokens) {
        return worstCase(model, groupRatio, Limits.tokens(promptTokens, outputTokens), Circumstances.NONE);
    }

    /**
     * The most a call can cost: every prompt token at the dearest of the prices it could get, the longest answer of the
     * dearest kind, in the dearest tier it could reach, with all its tools.
     *
     * @throws Refused NO_PRICE
     */
    public Quota worstCase(String model, BigDecimal groupRatio, Limits limits, Circumstances circumstances) {
        return new Charging(this, model, groupRatio).worstCase(limits, circumstances);
    }
}

package io.tollbook.kernel.pricing;

import io.tollbook.kernel.account.Meter;
import io.tollbook.kernel.account.Meters;
import io.tollbook.kernel.pricing.expression.Circumstances;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What one channel's provider takes for one model under one version, applied: the only place where counts become costs. */
public final class Costing {
    private final long version;
    private final Map<String, BigDecimal> tools;
    private final String model;
    private final @Nullable Charging own;
    private final BigDecimal factor;

    Costing(long version, Map<String, BigDecimal> tools, BuyPrice price, String model) {
        this.version = version;
        this.tools = tools;
        this.model = model;
        own = price.price() == null ? null : charging(price.price(), tools, model);
        factor = price.factor() == null ? BigDecimal.ONE : price.factor();
    }

    private static Charging charging(ModelPrice price, Map<String, BigDecimal> tools, String model) {
        return new PriceDocument(Map.of(model, price), Map.of(), Map.of(), Rounding.HALF_AWAY_FROM_ZERO, 1, tools, null)
                .charging(model, BigDecimal.ONE);
    }

    public long version() {
        return version;
    }

    /**
     * Billionths of a US dollar, rounded once, half up.
     *
     * @param sell the price it is sold at, of which the provider takes a part; null if it has none
     * @return empty where that part is of nothing, or a tool was used that nobody knows the cost of
     */
    public OptionalLong nanoUsd(Meters meters, Circumstances circumstances, @Nullable Charging sell) {
        Charging charging = own == null ? sell : own;
        if (charging == null || own != null && usesUnknownTool(meters)) return OptionalLong.empty();
        return OptionalLong.of(charging.nanoUsd(meters, circumstances, factor));
    }

    private boolean usesUnknownTool(Meters meters) {
        for (Map.Entry<Meter, Long> count : meters.counts().entrySet())
            if (Tools.isTool(count.getKey())
                    && count.getValue() > 0
                    && Tools.price(tools, count.getKey(), model) == null) return true;
        return false;
    }
}

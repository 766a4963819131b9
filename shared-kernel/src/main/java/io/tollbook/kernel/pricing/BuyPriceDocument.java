package io.tollbook.kernel.pricing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tollbook.kernel.Refused;
import io.tollbook.kernel.channel.ChannelTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all providers take, as one immutable document. Where nothing in it fits, what an attempt costs is not known.
 *
 * @param prices in the order in which they are asked: the narrower scope first
 * @param tools USD for a thousand uses, as in a {@link PriceDocument}, where a model is bought at a price of its own
 * @param effectiveFrom when it comes into force; null for when it is published
 */
public record BuyPriceDocument(
        List<BuyPrice> prices,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, BigDecimal> tools,
        @Nullable Instant effectiveFrom) {
    /** Nothing is known. */
    public static final BuyPriceDocument NONE = new BuyPriceDocument(List.of(), Map.of(), null);

    private static final int PRICES_MAX = 20_000;

    public BuyPriceDocument {
        prices = prices == null
                ? List.of()
                : prices.stream()
                        .sorted(Comparator.comparing(BuyPrice::scope).thenComparing(BuyPrice::model))
                        .toList();
        tools = tools == null ? Map.of() : Map.copyOf(tools);
        if (prices.size() > PRICES_MAX) throw Refused.invalid("A document has at most " + PRICES_MAX + " buy prices.");
        Set<Object> seen = new HashSet<>();
        for (BuyPrice price : prices)
            if (!seen.add(List.of(price.scope(), price.model())))
                throw Refused.invalid("There are two buy prices of " + price.model() + " for the same channels.");
        Tools.check(tools);
    }

    public BuyPriceDocument withPrices(List<BuyPrice> changed) {
        return new BuyPriceDocument(changed, tools, effectiveFrom);
    }

    public BuyPriceDocument withTools(Map<String, BigDecimal> changed) {
        return new BuyPriceDocument(prices, changed, effectiveFrom);
    }

    /** @param moment null for when it is published */
    public BuyPriceDocument from(@Nullable Instant moment) {
        return new BuyPriceDocument(prices, tools, moment);
    }

    /**
     * When it comes into force.
     *
     * @param publishedAt when it is or was published
     */
    Instant inForceFrom(Instant publishedAt) {
        return effectiveFrom == null ? publishedAt : effectiveFrom;
    }

    /**
     * What counts for one model of a channel: the narrowest scope that knows it, and there the longest name that fits.
     *
     * @param upstreamModel its name at the provider, which is asked for first
     * @param model its name with us
     */
    public Optional<BuyPrice> price(long channel, ChannelTerms terms, String upstreamModel, String model) {
        BuyPrice best = null;
        long fit = -1;
        for (BuyPrice price : prices) {
            if (best != null && price.scope().kind() != best.scope().kind()) break;
            if (!price.scope().covers(channel, terms)) continue;
            long there = price.fits(upstreamModel);
            // Of two that fit as well, the provider's own name tells more.
            long fits = Math.max(there < 0 ? -1 : 2 * there + 1, price.fits(model) < 0 ? -1 : 2L * price.fits(model));
            if (fits <= fit) continue;
            best = price;
            fit = fits;
        }
        return Optional.ofNullable(best);
    }

    /** What a channel's attempts at one model cost; empty if nobody knows. */
    Optional<Costing> costing(long version, long channel, ChannelTerms terms, String upstreamModel, String model) {
        return price(channel, terms, upstreamModel, model)
                .map(price -> new Costing(version, tools, price, upstreamModel));
    }
}

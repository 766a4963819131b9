package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Refusal;
import io.tollbook.kernel.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Which models somebody may call, for which of their groups, and at what price. It holds nothing that they may not know.
 *
 * @param hash of the price version in force, of which they may know this part; empty before the first
 * @param userGroup the group they are in; for a stranger the one that newcomers are in
 * @param groups those they may use, with their descriptions
 * @param prices the part of the version in force that is about these models and groups
 * @param offers by name
 * @param planned what will come, the next first; empty for whoever may not know yet
 */
public record PriceList(
        String hash,
        String userGroup,
        Map<String, String> groups,
        PriceDocument prices,
        List<Offer> offers,
        List<Planned> planned) {
    /**
     * A model that can be called.
     *
     * @param groups those of the viewer's that it is open to, never empty
     * @param endpoints the management API's names of the kinds of calls
     * @param description empty if nothing is told
     * @param vendor who makes it; empty if nobody says
     */
    public record Offer(
            String model,
            SortedSet<String> groups,
            List<String> endpoints,
            String description,
            String vendor,
            List<String> tags) {
        public Offer {
            endpoints = List.copyOf(endpoints);
            tags = List.copyOf(tags);
        }
    }

    /** The same part of a version that is not in force yet. */
    public record Planned(Instant from, PriceDocument prices) {}

    public PriceList {
        offers = List.copyOf(offers);
        planned = List.copyOf(planned);
    }

    public Optional<Offer> offer(String model) {
        return offers.stream().filter(offer -> offer.model().equals(model)).findFirst();
    }

    /** @throws Refused NO_PRICE */
    public ModelPrice price(Offer offer) {
        return prices.price(offer.model()).orElseThrow(() -> new Refused(Refusal.NO_PRICE));
    }
}

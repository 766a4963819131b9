package io.tollbook.kernel.pricing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tollbook.kernel.channel.ChannelTerms;
import java.time.Instant;
import java.util.Optional;

/** A published document. */
public record BuyPriceVersion(long version, BuyPriceDocument document, String hash, String note, Instant at) {
    /** When it came or comes into force. */
    @JsonIgnore
    public Instant effectiveFrom() {
        return document.inForceFrom(at);
    }

    /** What a channel's attempts at one model cost under it; empty if it does not say. */
    public Optional<Costing> costing(long channel, ChannelTerms terms, String upstreamModel, String model) {
        return document.costing(version, channel, terms, upstreamModel, model);
    }
}

package io.tollbook.kernel.pricing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tollbook.kernel.EventName;
import java.time.Instant;

/**
 * A version of what providers take is published.
 *
 * @param version counted from 1
 * @param hash SHA-256 of the document's JSON with sorted keys, hex
 */
@EventName("pricing.buy-prices-published")
public record BuyPricesPublished(long version, BuyPriceDocument document, String hash, String note, Instant at)
        implements PricingEvent {
    /** When it comes into force. */
    @JsonIgnore
    public Instant effectiveFrom() {
        return document.inForceFrom(at);
    }
}

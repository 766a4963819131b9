package io.tollbook.kernel.pricing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tollbook.kernel.EventName;
import java.time.Instant;

/**
 * A price version is published.
 *
 * @param version counted from 1
 * @param hash SHA-256 of the document's JSON with sorted keys, hex
 */
@EventName("pricing.prices-published")
public record PricesPublished(long version, PriceDocument document, String hash, String note, Instant at)
        implements PricingEvent {
    /** When it comes into force. */
    @JsonIgnore
    public Instant effectiveFrom() {
        return document.inForceFrom(at);
    }
}

package io.tollbook.kernel.pricing;

import io.tollbook.kernel.EventName;
import java.time.Instant;

/**
 * A price version is in force.
 *
 * @param version counted from 1
 * @param hash SHA-256 of the document's JSON with sorted keys, hex
 */
@EventName("pricing.prices-published")
public record PricesPublished(long version, PriceDocument document, String hash, String note, Instant at)
        implements PricingEvent {}

package io.tollbook.kernel.catalogue;

import java.time.Instant;

/**
 * A vendor with its number.
 *
 * @param models how many descriptions name it
 */
public record Vendor(VendorId id, VendorTerms terms, long models, Instant createdAt, Instant changedAt) {}

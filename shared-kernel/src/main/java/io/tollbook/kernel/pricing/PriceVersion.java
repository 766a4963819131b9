package io.tollbook.kernel.pricing;

import java.time.Instant;

/** A published document. */
public record PriceVersion(long version, PriceDocument document, String hash, String note, Instant at) {}

package io.tollbook.kernel.pricing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/** A published document. */
public record PriceVersion(long version, PriceDocument document, String hash, String note, Instant at) {
    /** When it came or comes into force. */
    @JsonIgnore
    public Instant effectiveFrom() {
        return document.inForceFrom(at);
    }
}

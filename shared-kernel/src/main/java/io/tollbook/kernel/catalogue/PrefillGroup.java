package io.tollbook.kernel.catalogue;

import java.time.Instant;

/** A prefill group with its number. */
public record PrefillGroup(PrefillGroupId id, PrefillTerms terms, Instant createdAt, Instant changedAt) {}

package io.tollbook.kernel.catalogue;

import java.time.Instant;

/** A description with its number. */
public record DescribedModel(ModelId id, ModelDescription description, Instant createdAt, Instant changedAt) {}

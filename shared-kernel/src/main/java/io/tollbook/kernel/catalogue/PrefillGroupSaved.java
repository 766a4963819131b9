package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.EventName;
import java.time.Instant;

/** A prefill group is added or changed. */
@EventName("catalogue.prefill-group-saved")
public record PrefillGroupSaved(PrefillGroupId group, PrefillTerms terms, Instant at) implements CatalogueEvent {}

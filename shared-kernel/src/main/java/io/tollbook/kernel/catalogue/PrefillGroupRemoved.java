package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.EventName;

@EventName("catalogue.prefill-group-removed")
public record PrefillGroupRemoved(PrefillGroupId group) implements CatalogueEvent {}

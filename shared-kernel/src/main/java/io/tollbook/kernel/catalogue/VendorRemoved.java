package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.EventName;

@EventName("catalogue.vendor-removed")
public record VendorRemoved(VendorId vendor) implements CatalogueEvent {}

package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.EventName;
import java.time.Instant;

/** A vendor is added or changed. */
@EventName("catalogue.vendor-saved")
public record VendorSaved(VendorId vendor, VendorTerms terms, Instant at) implements CatalogueEvent {}

package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Event;

public sealed interface CatalogueEvent extends Event
        permits VendorSaved, VendorRemoved, ModelsDescribed, PrefillGroupSaved, PrefillGroupRemoved {}

package io.tollbook.kernel.catalogue;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** All descriptions and vendors, disabled ones too: the public page leaves them out, and the relay refuses them. */
@Permits(Caller.ANYONE)
public record CatalogueNow() implements Query<Catalogue> {}

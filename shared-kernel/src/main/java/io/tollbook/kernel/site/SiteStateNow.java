package io.tollbook.kernel.site;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

@Permits(Caller.ANYONE)
public record SiteStateNow() implements Query<SiteState> {}

package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** What a stranger may call, and at what price. Refused where the site shows its prices to nobody, or after sign-in only. */
@Permits(Caller.ANYONE)
public record PublicPrices() implements Query<PriceList> {}

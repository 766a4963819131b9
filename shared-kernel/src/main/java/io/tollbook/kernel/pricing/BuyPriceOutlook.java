package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** The buy prices in force now and those planned. Users never learn what providers take. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.RELAY, Caller.SYSTEM})
public record BuyPriceOutlook() implements Query<BuyPriceSchedule> {}

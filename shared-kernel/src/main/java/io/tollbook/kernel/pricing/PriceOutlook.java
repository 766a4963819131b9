package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** The prices in force, and those that will be. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.RELAY, Caller.SYSTEM})
public record PriceOutlook() implements Query<PriceSchedule> {}

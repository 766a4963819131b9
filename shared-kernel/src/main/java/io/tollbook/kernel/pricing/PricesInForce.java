package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Optional;

/** The price version in force now; empty before the first. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.RELAY, Caller.SYSTEM})
public record PricesInForce() implements Query<Optional<PriceVersion>> {}

package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Optional;

/** One published version of the buy prices, for explaining a past cost. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record BuyPriceVersionByNumber(long version) implements Query<Optional<BuyPriceVersion>> {}

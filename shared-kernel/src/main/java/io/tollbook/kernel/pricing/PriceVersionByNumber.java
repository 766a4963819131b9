package io.tollbook.kernel.pricing;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.Optional;

/** One published version, for explaining a past charge. */
@Permits({Caller.USER, Caller.AUDITOR, Caller.SYSTEM})
public record PriceVersionByNumber(long version) implements Query<Optional<PriceVersion>> {}

package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;

/** Nobody has decided about a change of quota in time. Does nothing where somebody has. */
@Permits(Caller.SYSTEM)
public record ExpireAdjustment(LotId adjustment, Instant at) implements AdjustmentCommand<Void> {}

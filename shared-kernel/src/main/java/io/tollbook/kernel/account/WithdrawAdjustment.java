package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;

/** Whoever asked for a change of quota no longer wants it. */
@Permits(Caller.ADMIN)
public record WithdrawAdjustment(LotId adjustment, Instant at) implements AdjustmentCommand<Void> {}

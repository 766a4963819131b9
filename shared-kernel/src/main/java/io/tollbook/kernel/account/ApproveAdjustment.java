package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import java.time.Instant;

/** A second administrator lets a change of quota take effect: neither who asked for it, nor whose balance it is. */
@Permits(Caller.ADMIN)
public record ApproveAdjustment(LotId adjustment, Instant at) implements AdjustmentCommand<Void> {}

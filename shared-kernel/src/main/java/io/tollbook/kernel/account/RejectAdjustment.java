package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Reason;
import java.time.Instant;

/** A second administrator says no to a change of quota. */
@Permits(Caller.ADMIN)
public record RejectAdjustment(LotId adjustment, Reason reason, Instant at) implements AdjustmentCommand<Void> {}

package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;

/**
 * An administrator changes a balance. It takes effect at once, or, where it is larger than the site lets one person do, when
 * another administrator approves it. The same adjustment twice is one.
 */
@Permits(Caller.ADMIN)
public record RequestAdjustment(AdjustQuota adjustment) implements AdjustmentCommand<Adjusted> {}

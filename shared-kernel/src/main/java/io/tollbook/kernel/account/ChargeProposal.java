package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/**
 * What an unresolved call may fairly be charged: what this user's calls to that model cost on average in the thirty days
 * before, or everybody's where this user has none; all that was held where nobody has. Never more than was held.
 */
@Permits({Caller.ADMIN, Caller.AUDITOR})
public record ChargeProposal(HoldId hold) implements Query<Quota> {}

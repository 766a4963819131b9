package io.tollbook.kernel.ledger;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** The trial balance now, from what is kept of it, or as of a cutoff, by going over the events up to there. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record TrialBalanceAsOf(Cutoff cutoff) implements Query<TrialBalance> {}

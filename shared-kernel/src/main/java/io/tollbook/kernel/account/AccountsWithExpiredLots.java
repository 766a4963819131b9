package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.time.Instant;
import java.util.List;

/** Accounts that have lots to expire. At most 1,000. */
@Permits(Caller.SYSTEM)
public record AccountsWithExpiredLots(Instant now) implements Query<List<AccountId>> {}

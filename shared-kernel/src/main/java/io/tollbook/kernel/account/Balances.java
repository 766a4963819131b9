package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import java.util.List;
import java.util.Map;

/** The balances of several accounts; absent ones are left out. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record Balances(List<AccountId> accounts) implements Query<Map<AccountId, Balance>> {}

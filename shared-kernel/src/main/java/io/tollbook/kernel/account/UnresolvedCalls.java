package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/**
 * Calls whose end nobody saw: those that wait for a decision, the oldest first, or those decided, the last decision first.
 *
 * @param decided which of the two
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record UnresolvedCalls(CallFilter filter, boolean decided, Paging paging)
        implements Query<Page<UnresolvedCall>> {}

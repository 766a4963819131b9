package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;

/** Holds that wait for their call to end, oldest first. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record OpenHolds(CallFilter filter, Paging paging) implements Query<Page<ListedHold>> {}

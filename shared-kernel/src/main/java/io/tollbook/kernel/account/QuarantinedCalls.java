package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose provider reported usage that cannot be, newest first.
 *
 * @param fault null for all
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record QuarantinedCalls(CallFilter filter, @Nullable UsageFault fault, Paging paging)
        implements Query<Page<QuarantinedCall>> {}

package io.tollbook.kernel.log;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.user.UserId;

/** Log rows, newest first. A user sees their own: the filter then names that user. */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record UsageLog(LogFilter filter, Paging paging) implements Query<Page<LogRow>>, Owned {
    /** A total beyond this is no longer worth counting; it is then given as this number. */
    public static final int COUNT_MAX = 100_000;

    /** Never a real user where the filter names none, so that only admins may ask. */
    @Override
    public UserId owner() {
        return filter.user() == null ? new UserId(Long.MAX_VALUE) : filter.user();
    }
}

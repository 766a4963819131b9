package io.tollbook.kernel.account;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose provider reported usage that cannot be, newest first.
 *
 * @param fault null for all
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record QuarantinedCalls(CallFilter filter, @Nullable UsageFault fault, Paging paging)
        implements Query<Page<QuarantinedCall>>, Personal {
    @Override
    public DataViewed.What what() {
        return DataViewed.What.QUARANTINED_CALLS;
    }

    @Override
    public @Nullable UserId subject() {
        return filter.subject();
    }

    @Override
    public List<String> narrowedBy() {
        return filter.narrowedBy();
    }

    @Override
    public Object look() {
        return filter;
    }
}

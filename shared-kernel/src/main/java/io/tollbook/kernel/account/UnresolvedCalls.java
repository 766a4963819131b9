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
 * Calls whose end nobody saw: those that wait for a decision, the oldest first, or those decided, the last decision first.
 *
 * @param decided which of the two
 */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record UnresolvedCalls(CallFilter filter, boolean decided, Paging paging)
        implements Query<Page<UnresolvedCall>>, Personal {
    @Override
    public DataViewed.What what() {
        return DataViewed.What.UNRESOLVED_CALLS;
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

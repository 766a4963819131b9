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

/** Holds that wait for their call to end, oldest first. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record OpenHolds(CallFilter filter, Paging paging) implements Query<Page<ListedHold>>, Personal {
    @Override
    public DataViewed.What what() {
        return DataViewed.What.HOLDS;
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

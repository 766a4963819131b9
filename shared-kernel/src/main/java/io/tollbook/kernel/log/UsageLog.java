package io.tollbook.kernel.log;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Page;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log rows, newest first. A user sees their own: the filter then names that user. */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record UsageLog(LogFilter filter, Paging paging) implements Query<Page<LogRow>>, Owned, Personal {
    /** A total beyond this is no longer worth counting; it is then given as this number. */
    public static final int COUNT_MAX = 100_000;

    @Override
    public @Nullable UserId owner() {
        return filter.user();
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.LOG;
    }

    @Override
    public @Nullable UserId subject() {
        return filter.user();
    }

    @Override
    public List<String> narrowedBy() {
        return filter.narrowedBy();
    }

    @Override
    public Object look() {
        return filter.between(null, null);
    }
}

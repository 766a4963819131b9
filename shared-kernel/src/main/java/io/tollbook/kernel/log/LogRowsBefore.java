package io.tollbook.kernel.log;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Paging;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next log rows below one, newest first: the way through a log of any length. Each page costs the same, and rows that
 * come in meanwhile move nothing.
 *
 * @param before the position of the last row already seen; {@link Long#MAX_VALUE} for the newest rows
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record LogRowsBefore(LogFilter filter, long before, int limit) implements Query<List<LogRow>>, Owned, Personal {
    public LogRowsBefore {
        limit = Paging.first(limit).limit();
    }

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

package io.tollbook.kernel.log;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.user.UserId;
import org.jspecify.annotations.Nullable;

@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record LogStatisticsOf(LogFilter filter) implements Query<LogStatistics>, Owned {
    @Override
    public @Nullable UserId owner() {
        return filter.user();
    }
}

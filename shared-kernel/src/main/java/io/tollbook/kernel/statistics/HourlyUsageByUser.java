package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage per hour and user, all models together, oldest first. */
@Permits({Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record HourlyUsageByUser(Instant from, Instant to) implements Query<List<HourlyUsage>>, Personal {
    @Override
    public DataViewed.What what() {
        return DataViewed.What.STATISTICS;
    }

    @Override
    public @Nullable UserId subject() {
        return null;
    }
}

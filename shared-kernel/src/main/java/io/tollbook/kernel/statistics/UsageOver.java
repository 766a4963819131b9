package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Usage per period and model, oldest first, by the clock of a zone. Periods at the ends of the range count whole.
 *
 * @param user null for all users together
 * @param to exclusive
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record UsageOver(@Nullable UserId user, Instant from, Instant to, Step step, ZoneId zone)
        implements Query<List<PeriodUsage>>, Owned {
    @Override
    public UserId owner() {
        return user == null ? new UserId(Long.MAX_VALUE) : user;
    }
}

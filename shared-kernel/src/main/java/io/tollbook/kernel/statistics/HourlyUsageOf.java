package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.user.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Usage per hour, oldest first.
 *
 * @param user null for all users together, per model
 * @param username narrows to one user by name; null for all
 */
@Permits({Caller.OWNER, Caller.ADMIN, Caller.AUDITOR, Caller.SYSTEM})
public record HourlyUsageOf(@Nullable UserId user, @Nullable String username, Instant from, Instant to)
        implements Query<List<HourlyUsage>>, Owned {
    @Override
    public UserId owner() {
        return user == null ? new UserId(Long.MAX_VALUE) : user;
    }
}

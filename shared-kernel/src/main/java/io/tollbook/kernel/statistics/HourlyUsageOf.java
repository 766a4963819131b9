package io.tollbook.kernel.statistics;

import io.tollbook.kernel.Caller;
import io.tollbook.kernel.Owned;
import io.tollbook.kernel.Permits;
import io.tollbook.kernel.Query;
import io.tollbook.kernel.access.DataViewed;
import io.tollbook.kernel.access.Personal;
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
        implements Query<List<HourlyUsage>>, Owned, Personal {
    @Override
    public @Nullable UserId owner() {
        return user;
    }

    @Override
    public DataViewed.What what() {
        return DataViewed.What.STATISTICS;
    }

    @Override
    public @Nullable UserId subject() {
        return user;
    }

    @Override
    public boolean isPersonal() {
        return user != null || username != null && !username.isBlank();
    }

    @Override
    public List<String> narrowedBy() {
        return username == null ? List.of() : List.of("username");
    }

    @Override
    public @Nullable Object look() {
        return user == null ? username : user;
    }
}
